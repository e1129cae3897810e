-- Who has a contact point: customers that have it today, and what the last publication decided of it.
SELECT DISTINCT customer_id, CAST(NULL AS TEXT) AS purpose, CAST(NULL AS TEXT) AS channel, CAST(NULL AS TEXT) AS permission
FROM gold.customer_contact_points
WHERE contact_key = $contact_key
UNION ALL
SELECT DISTINCT customer_id, purpose, channel, permission
FROM gold.customer_consents
WHERE contact_key = $contact_key
UNION ALL
-- post
SELECT customer_id, NULL, NULL, NULL
FROM gold.dim_customer
WHERE key_hash(customer_id) = $contact_key
ORDER BY customer_id, purpose, channel
