-- scratch.golden_addresses
-- Grain: one row per customer with an address: the parts of the one that survived, from one record.
SELECT DISTINCT
  a.customer_key, a.record_key, a.address_hash,
  a.address_line1, a.address_line2, a.city, a.region, a.postcode, a.country
FROM scratch.addresses AS a
JOIN scratch.survivors AS s
  ON s.customer_key = a.customer_key AND s.record_key = a.record_key AND s.address_hash = a.address_hash
WHERE s.attribute = 'address'
