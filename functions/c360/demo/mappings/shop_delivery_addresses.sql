-- Something was delivered there: that verifies an address better than any form. Survivorship prefers it.
SELECT
  customer_id AS person_id,
  'delivery' AS kind,
  address['street'] AS address_line1,
  address['unit'] AS address_line2,
  address['city'] AS city,
  address['state'] AS region,
  address['postcode'] AS postcode,
  address['country'] AS country,
  last_delivered_at AS verified_at
FROM input
WHERE last_delivered_at IS NOT NULL AND address['street'] IS NOT NULL
