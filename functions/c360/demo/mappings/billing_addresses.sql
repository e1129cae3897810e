SELECT
  account_no AS person_id,
  'billing' AS kind,
  street AS address_line1,
  unit AS address_line2,
  city,
  region,
  zip AS postcode,
  country_code AS country,
  true AS is_primary
FROM input
WHERE street IS NOT NULL
