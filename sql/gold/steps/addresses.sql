-- scratch.addresses
-- Grain: one row per current address and the record, or row of a feed, that states it for a customer. An address is one
-- value: `value` is all of it on one line, `address_hash` tells two of them apart.
SELECT
  customer_key, entity, record_key, kind, is_primary, verified_at, source_system, source_record_id, source_role, known_at,
  address_line1, address_line2, city, region, postcode, country,
  recipient, house_number, street, unit, po_box, suburb, region_code, is_country_stated,
  is_valid AND address_line1 IS NOT NULL AS is_complete,
  concat_ws(', ', address_line1, address_line2, city, nullif(concat_ws(' ', region, postcode), ''), country) AS value,
  key_hash(concat(
    coalesce(address_line1, ''), '|', coalesce(address_line2, ''), '|', coalesce(city, ''), '|',
    coalesce(region, ''), '|', coalesce(postcode, ''), '|', coalesce(country, '')
  )) AS address_hash
FROM (
  SELECT
    m.customer_key, m.entity, m.record_key, a.kind, a.is_primary, a.verified_at,
    m.source_system, m.source_record_id, a.source_role, m.known_at,
    a.address_line1, a.address_line2, a.city, a.region, a.postcode, a.country, a.is_valid,
    a.recipient, a.house_number, a.street, a.unit, a.po_box, a.suburb, a.region_code, a.is_country_stated
  FROM silver.addresses AS a
  JOIN scratch.members AS m
    ON m.record_key = a.owner_key AND m.file_key = a.file_key AND m.source_row = a.source_row
  WHERE a.origin = 'record'
  UNION ALL
  SELECT
    m.customer_key, m.entity, m.record_key, a.kind, a.is_primary, a.verified_at,
    m.source_system, m.source_record_id, a.source_role, m.known_at,
    a.address_line1, a.address_line2, a.city, a.region, a.postcode, a.country, a.is_valid,
    a.recipient, a.house_number, a.street, a.unit, a.po_box, a.suburb, a.region_code, a.is_country_stated
  FROM silver.addresses AS a
  JOIN scratch.active_files AS f ON f.file_key = a.file_key
  JOIN scratch.members AS m ON m.record_key = a.owner_key
  WHERE a.origin = 'feed'
  UNION ALL
  -- an address feed that names its owner by a contact point: it states no record, so record_key is null
  SELECT
    o.customer_key, k.entity, CAST(NULL AS BIGINT), a.kind, a.is_primary, a.verified_at,
    a.source_system, CAST(NULL AS TEXT), a.source_role, CAST(NULL AS TIMESTAMP),
    a.address_line1, a.address_line2, a.city, a.region, a.postcode, a.country, a.is_valid,
    a.recipient, a.house_number, a.street, a.unit, a.po_box, a.suburb, a.region_code, a.is_country_stated
  FROM silver.addresses AS a
  JOIN scratch.active_files AS f ON f.file_key = a.file_key
  JOIN scratch.contact_owners AS o
    ON o.contact_key = coalesce(contact_key('email', a.owner_email), contact_key('phone', a.owner_phone))
  JOIN scratch.customers AS k ON k.customer_key = o.customer_key
  LEFT ANTI JOIN scratch.members AS m ON m.record_key = a.owner_key
  WHERE a.origin = 'feed'
)
WHERE coalesce(address_line1, city, postcode) IS NOT NULL
