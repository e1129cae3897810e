-- scratch.household_ties
-- Grain: one row per person customer and thing that it shares with another as people of one household do: an address under
-- one family name, or a contact point of their own.
WITH people AS (
  SELECT
    crosswalk.customer_id,
    person.record_key,
    person.file_key,
    person.source_row,
    person.family_key,
    -- who states a company may have its phone
    person.company_key IS NULL AND person.account_id IS NULL AS is_private
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
),
homes AS (
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
),
-- Where so many families live, and no unit tells them apart, a name in common is chance: a block of flats, a campus.
blocks_of_flats AS (
  SELECT home
  FROM homes
  GROUP BY home
  HAVING count(DISTINCT family_key) > 10
),
company_domains AS (
  SELECT DISTINCT domain FROM silver.accounts WHERE domain IS NOT NULL
),
-- Neither a company's nor a role's (those have no match value), nor one that too many people have.
points AS (
  SELECT DISTINCT people.customer_id, point.channel, point.match_value
  FROM scratch.match_points AS point
  JOIN people ON people.record_key = point.record_key
  LEFT ANTI JOIN scratch.match_points AS company
    ON company.entity = 'account' AND company.channel = point.channel AND company.match_value = point.match_value
  LEFT ANTI JOIN company_domains ON company_domains.domain = split_part(point.match_value, '@', 2)
  WHERE point.entity = 'person' AND people.is_private
),
own_points AS (
  SELECT channel, match_value
  FROM points
  GROUP BY channel, match_value
  HAVING count(*) BETWEEN 2 AND 6
),
families AS (
  SELECT homes.home, homes.family_key
  FROM homes
  LEFT ANTI JOIN blocks_of_flats ON blocks_of_flats.home = homes.home
  GROUP BY homes.home, homes.family_key
  HAVING count(*) > 1
)
SELECT homes.customer_id, key_hash(concat('address|', homes.home, '|', homes.family_key)) AS tie_key, 'address' AS evidence
FROM homes
JOIN families ON families.home = homes.home AND families.family_key = homes.family_key
UNION ALL
SELECT points.customer_id, contact_key(points.channel, points.match_value) AS tie_key, points.channel AS evidence
FROM points
JOIN own_points ON own_points.channel = points.channel AND own_points.match_value = points.match_value
