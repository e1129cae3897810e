-- gold.customer_addresses
-- Grain: one row per customer and address.
WITH held AS (
  SELECT
    customer_key, address_hash,
    -- equal in every row of an address_hash
    min(address_line1) AS address_line1, min(address_line2) AS address_line2, min(city) AS city,
    min(region) AS region, min(postcode) AS postcode, min(country) AS country,
    array_to_string(array_sort(array_distinct(array_agg(kind))), ',') AS kinds,
    coalesce(bool_or(is_primary), false) AS is_primary,
    max(verified_at) AS verified_at,
    count(*) AS source_record_count,
    array_to_string(array_sort(array_distinct(array_agg(source_system))), ',') AS source_systems
  FROM scratch.addresses
  GROUP BY customer_key, address_hash
)
SELECT
  k.entity, k.customer_id, h.address_line1, h.address_line2, h.city, h.region, h.postcode, h.country, h.address_hash,
  nullif(h.kinds, '') AS kinds, h.is_primary,
  g.customer_key IS NOT NULL AS is_golden,
  h.verified_at, h.source_record_count, h.source_systems,
  $run_id AS run_id
FROM held AS h
JOIN scratch.customers AS k ON k.customer_key = h.customer_key
LEFT JOIN scratch.golden_addresses AS g ON g.customer_key = h.customer_key AND g.address_hash = h.address_hash
