-- gold.customer_consents
-- Grain: one row per customer (or none), contact point, purpose and channel of which something was stated.
WITH named AS (
  SELECT contact_key, min(channel) AS contact_channel, min(value) AS contact_value
  FROM (
    SELECT contact_key, channel, value FROM scratch.contact_points
    UNION ALL
    SELECT contact_key, contact_channel, contact_value FROM scratch.statements WHERE contact_key IS NOT NULL
    UNION ALL
    -- those of records that are gone
    SELECT p.contact_key, p.channel, p.value
    FROM silver.contact_points AS p
    JOIN scratch.complete_files AS f ON f.file_key = p.file_key
    LEFT SEMI JOIN scratch.permissions AS d ON d.contact_key = p.contact_key
  )
  GROUP BY contact_key
)
SELECT
  k.entity, k.customer_id,
  coalesce(n.contact_channel, 'address') AS contact_channel,
  n.contact_value, d.contact_key, d.purpose, d.channel, d.permission, d.source_system, d.stated_at,
  $as_of AS as_of,
  $run_id AS run_id
FROM scratch.permissions AS d
LEFT JOIN named AS n ON n.contact_key = d.contact_key
LEFT JOIN scratch.customer_points AS p ON p.contact_key = d.contact_key AND p.channel = d.channel
LEFT JOIN scratch.customers AS k ON k.customer_key = p.customer_key
