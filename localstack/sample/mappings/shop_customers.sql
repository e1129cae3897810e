SELECT
  customer_id AS source_record_id,
  name AS full_name,
  email,
  phone,
  address['street'] AS address_line1,
  address['city'] AS city,
  address['state'] AS region,
  address['zip'] AS postcode,
  updated_at
FROM input
