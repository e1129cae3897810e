-- scratch.reachable_customers
-- Grain: one row per customer of whom marketing may use at least one e-mail address or phone number.
SELECT DISTINCT p.customer_key
FROM scratch.contact_points AS p
JOIN scratch.reachable AS r ON r.contact_key = p.contact_key
