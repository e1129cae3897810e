-- gold.customer_addresses
-- Grain: one row per customer and address.
WITH held AS (
  SELECT
    customer_key, address_hash,
    -- equal in every row of an address_hash; the parts may differ where they were read by another country's habits
    min(address_line1) AS address_line1, min(address_line2) AS address_line2, min(city) AS city,
    min(region) AS region, min(postcode) AS postcode, min(country) AS country,
    min(recipient) AS recipient, min(house_number) AS house_number, min(street) AS street, min(unit) AS unit,
    min(po_box) AS po_box, min(suburb) AS suburb, min(region_code) AS region_code,
    bool_or(is_country_stated) AS is_country_stated,
    array_to_string(array_sort(array_distinct(array_agg(kind))), ',') AS kinds,
    coalesce(bool_or(is_primary), false) AS is_primary,
    max(verified_at) AS verified_at,
    count(*) AS source_record_count,
    array_to_string(array_sort(array_distinct(array_agg(source_system))), ',') AS source_systems
  FROM scratch.addresses
  GROUP BY customer_key, address_hash
),
placed AS (
  SELECT
    h.*,
    coalesce(whole.postcode_key, part.postcode_key) AS place_key,
    CASE WHEN whole.postcode_key IS NOT NULL THEN 'postcode' ELSE 'postcode_area' END AS location_precision
  FROM held AS h
  LEFT JOIN scratch.places AS whole ON whole.postcode_key = postcode_key(h.country, h.postcode)
  LEFT JOIN scratch.places AS part ON part.postcode_key = postcode_area_key(h.country, h.postcode)
)
SELECT
  k.entity, k.customer_id, h.address_line1, h.address_line2, h.city, h.region, h.postcode, h.country,
  h.recipient, h.house_number, h.street, h.unit, h.po_box, h.suburb, h.region_code, h.address_hash,
  nullif(h.kinds, '') AS kinds, h.is_primary,
  g.customer_key IS NOT NULL AS is_golden,
  h.verified_at, h.source_record_count, h.source_systems,
  p.latitude, p.longitude,
  CASE WHEN p.latitude IS NOT NULL THEN h.location_precision END AS location_precision,
  p.city AS postcode_city,
  p.region AS postcode_region,
  $run_id AS run_id
FROM placed AS h
JOIN scratch.customers AS k ON k.customer_key = h.customer_key
-- The same digits are postcodes of many countries: one that only [defaults] names must agree in city or region.
LEFT JOIN scratch.places AS p
  ON p.postcode_key = h.place_key
  AND (h.is_country_stated OR array_has(p.cities, lower(h.city)) OR lower(p.region) = lower(h.region))
LEFT JOIN scratch.golden_addresses AS g ON g.customer_key = h.customer_key AND g.address_hash = h.address_hash
