-- scratch.customer_points
-- Grain: one row per customer, contact point of it and channel that reaches it.
SELECT DISTINCT p.customer_key, p.contact_key, c.contact_channel, c.channel
FROM scratch.contact_points AS p
JOIN scratch.contact_channels AS c ON c.contact_channel = p.channel
UNION ALL
SELECT customer_key, customer_key AS contact_key, 'address' AS contact_channel, 'post' AS channel
FROM scratch.customers
