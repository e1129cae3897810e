-- NDJSON: a nested object is a struct, its fields are taken with ['name'].
SELECT
  customer_id AS source_record_id,
  first_name AS given_name,
  last_name AS family_name,
  date_of_birth AS birth_date,
  email,
  phone,
  address['street'] AS address_line1,
  address['unit'] AS address_line2,
  address['city'] AS city,
  address['state'] AS region,
  address['postcode'] AS postcode,
  address['country'] AS country,
  -- The key that billing knows too: it matches like an e-mail does.
  customer_number,
  updated_at
FROM input
