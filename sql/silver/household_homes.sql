-- scratch.household_homes
-- Grain: one row per person customer, family name and home.
WITH people AS (
  SELECT crosswalk.customer_id, person.record_key, person.file_key, person.source_row, person.family_key
  FROM silver.crosswalk AS crosswalk
  JOIN silver.persons AS person ON person.record_key = crosswalk.record_key
  WHERE crosswalk.entity = 'person'
),
addresses AS (
  SELECT address.owner_key, address.address_key
  FROM silver.addresses AS address
  JOIN people
    ON people.record_key = address.owner_key
    AND people.file_key = address.file_key
    AND people.source_row = address.source_row
  WHERE address.origin = 'record' AND coalesce(address.house_number, address.po_box) IS NOT NULL
  UNION
  SELECT address.owner_key, address.address_key
  FROM silver.addresses AS address
  JOIN scratch.active_files AS active ON active.file_key = address.file_key
  WHERE address.origin = 'feed' AND coalesce(address.house_number, address.po_box) IS NOT NULL
)
SELECT DISTINCT
  people.customer_id,
  people.family_key,
  -- house, street and unit, with the postcode, or with the town where it is not known
  concat(
    split_part(addresses.address_key, '|', 1), '|',
    coalesce(nullif(split_part(addresses.address_key, '|', 2), ''), split_part(addresses.address_key, '|', 3))
  ) AS home
FROM addresses
JOIN people ON people.record_key = addresses.owner_key
WHERE people.family_key IS NOT NULL
  AND (split_part(addresses.address_key, '|', 2) <> '' OR split_part(addresses.address_key, '|', 3) <> '')
