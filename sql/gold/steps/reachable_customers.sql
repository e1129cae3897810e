-- scratch.reachable_customers
-- Grain: one row per customer to whom marketing may write: an e-mail, or a text.
SELECT p.customer_key, bool_or(r.by_email) AS by_email, bool_or(r.by_sms) AS by_sms
FROM scratch.contact_points AS p
JOIN scratch.reachable AS r ON r.contact_key = p.contact_key
WHERE r.by_email OR r.by_sms
GROUP BY p.customer_key
