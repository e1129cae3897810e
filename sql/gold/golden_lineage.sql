-- gold.golden_lineage
-- Grain: one row per customer, attribute and value that a record states, or that is derived, and that did not survive.
WITH golden AS (
  SELECT customer_key, entity, attribute, value, rule, sort_key
  FROM scratch.survivors
  WHERE attribute <> 'country' AND NOT keeps_all(entity, attribute)
  UNION ALL
  -- a country that came with the address was not chosen among countries
  SELECT g.customer_key, g.entity, 'country', g.value, g.rule, CASE WHEN g.rule = s.rule THEN s.sort_key END
  FROM scratch.golden_countries AS g
  LEFT JOIN scratch.survivors AS s ON s.customer_key = g.customer_key AND s.attribute = 'country'
),
beaten AS (
  SELECT
    c.customer_key, c.entity, c.attribute, c.value, g.rule, g.value AS golden_value, g.sort_key AS golden_key,
    min(c.sort_key) AS sort_key,
    first_value(c.record_key ORDER BY c.sort_key, c.record_key, c.role) AS record_key,
    first_value(c.role ORDER BY c.sort_key, c.record_key, c.role) AS role,
    count(DISTINCT c.record_key) AS record_count
  FROM scratch.candidates AS c
  JOIN golden AS g ON g.customer_key = c.customer_key AND g.attribute = c.attribute
  WHERE c.value <> g.value
  GROUP BY c.customer_key, c.entity, c.attribute, c.value, g.rule, g.value, g.sort_key
)
SELECT
  b.entity, k.customer_id, b.attribute, b.value,
  coalesce(m.source_system, 'c360') AS source_system,
  coalesce(m.source_record_id, k.customer_id) AS source_record_id,
  b.record_key, b.role,
  CAST(b.record_count AS BIGINT) AS record_count,
  b.golden_value,
  coalesce(decided_by(b.entity, b.attribute, b.golden_key, b.sort_key), 'address') AS beaten_by,
  b.rule,
  $run_id AS run_id
FROM beaten AS b
JOIN scratch.customers AS k ON k.customer_key = b.customer_key
LEFT JOIN scratch.members AS m ON m.record_key = b.record_key
WHERE k.is_customer
