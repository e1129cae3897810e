-- scratch.golden_countries
-- Grain: one row per customer with a country: that of the address that survived, so that an address is never a mix; else the
-- one that survived on its own.
SELECT
  coalesce(a.customer_key, c.customer_key) AS customer_key,
  coalesce(a.entity, c.entity) AS entity,
  coalesce(a.country, c.value) AS value,
  CASE WHEN a.customer_key IS NOT NULL THEN a.record_key ELSE c.record_key END AS record_key,
  coalesce(a.role, c.role) AS role,
  coalesce(a.rule, c.rule) AS rule
FROM (
  SELECT s.customer_key, s.entity, g.country, s.record_key, s.role, concat('of the address: ', s.rule) AS rule
  FROM scratch.golden_addresses AS g
  JOIN scratch.survivors AS s ON s.customer_key = g.customer_key AND s.attribute = 'address'
  WHERE g.country IS NOT NULL
) AS a
FULL JOIN (SELECT * FROM scratch.survivors WHERE attribute = 'country') AS c ON c.customer_key = a.customer_key
