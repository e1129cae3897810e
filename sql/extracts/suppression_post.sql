-- suppression_post.csv: customers that must not be written to by post, with every address of theirs.
-- Grain: one row per denied customer and address; the address is empty where none is known.
SELECT
  c.customer_id, d.display_name, a.address_line1, a.address_line2, a.city, a.region, a.postcode, a.country,
  c.permission AS reason, c.source_system, c.stated_at
FROM gold.customer_consents AS c
LEFT JOIN gold.dim_customer AS d ON d.customer_id = c.customer_id
LEFT JOIN gold.customer_addresses AS a ON a.customer_id = c.customer_id
WHERE c.channel = 'post' AND c.purpose = 'marketing' AND c.permission = 'denied'
