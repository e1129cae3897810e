-- scratch.household_ties
-- Grain: one row per person customer and thing that it shares with another as people of one household do: an address under
-- one family name, or a contact point of their own.
WITH
-- Where so many families live, and no unit tells them apart, a name in common is chance: a block of flats, a campus.
blocks_of_flats AS (
  SELECT home
  FROM scratch.household_homes AS homes
  GROUP BY home
  HAVING count(DISTINCT family_key) > 10
),
-- Nor one that too many people have.
own_points AS (
  SELECT channel, match_value
  FROM scratch.household_points AS points
  GROUP BY channel, match_value
  HAVING count(*) BETWEEN 2 AND 6
),
families AS (
  SELECT homes.home, homes.family_key
  FROM scratch.household_homes AS homes
  LEFT ANTI JOIN blocks_of_flats ON blocks_of_flats.home = homes.home
  GROUP BY homes.home, homes.family_key
  HAVING count(*) > 1
)
SELECT homes.customer_id, key_hash(concat('address|', homes.home, '|', homes.family_key)) AS tie_key, 'address' AS evidence
FROM scratch.household_homes AS homes
JOIN families ON families.home = homes.home AND families.family_key = homes.family_key
UNION ALL
SELECT points.customer_id, contact_key(points.channel, points.match_value) AS tie_key, points.channel AS evidence
FROM scratch.household_points AS points
JOIN own_points ON own_points.channel = points.channel AND own_points.match_value = points.match_value
