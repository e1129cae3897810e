-- gold.golden_values
-- Grain: one row per customer and attribute, with source record and rule.
SELECT
  s.entity, k.customer_id, s.attribute, s.value,
  coalesce(m.source_system, 'c360') AS source_system,
  coalesce(m.source_record_id, k.customer_id) AS source_record_id,
  s.record_key, s.role, s.rule,
  $run_id AS run_id
FROM scratch.survivors AS s
JOIN scratch.customers AS k ON k.customer_key = s.customer_key
LEFT JOIN scratch.members AS m ON m.record_key = s.record_key
