-- gold.customer_contact_points
-- Grain: one row per customer and contact point.
WITH held AS (
  SELECT
    customer_key, contact_key,
    min(channel) AS channel,
    min(value) AS value,
    max(number_type) AS number_type,
    array_to_string(array_sort(array_distinct(array_agg(kind))), ',') AS kinds,
    coalesce(bool_or(is_primary), false) AS is_primary,
    max(verified_at) AS verified_at,
    count(*) AS source_record_count,
    array_to_string(array_sort(array_distinct(array_agg(source_system))), ',') AS source_systems
  FROM scratch.contact_points
  GROUP BY customer_key, contact_key
),
holders AS (
  SELECT contact_key, count(*) AS customer_count FROM held GROUP BY contact_key
)
SELECT
  k.entity, k.customer_id, h.channel, h.value, h.number_type, h.contact_key, nullif(h.kinds, '') AS kinds, h.is_primary,
  s.customer_key IS NOT NULL AS is_golden,
  h.verified_at, n.customer_count, h.source_record_count, h.source_systems, t.tags,
  $run_id AS run_id
FROM held AS h
JOIN scratch.customers AS k ON k.customer_key = h.customer_key
JOIN holders AS n ON n.contact_key = h.contact_key
LEFT JOIN scratch.contact_tags AS t ON t.contact_key = h.contact_key
LEFT JOIN scratch.survivors AS s
  ON s.customer_key = h.customer_key AND s.attribute = h.channel AND s.value = h.value
