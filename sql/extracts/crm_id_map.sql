-- crm_id_map.csv: what a CRM needs to keep customer ids right.
-- Grain: one row per current record of a source of role crm (old_customer_id is empty, reason current), and one row per
-- customer_id that was ever replaced (reason merged or deleted), with the id that stands for it today.
WITH RECURSIVE forwards AS (
  SELECT entity, old_customer_id, new_customer_id, 1 AS hops
  FROM silver.customer_redirects
  WHERE reason = 'merged'
  UNION ALL
  SELECT f.entity, f.old_customer_id, r.new_customer_id, f.hops + 1
  FROM forwards AS f
  JOIN silver.customer_redirects AS r ON r.old_customer_id = f.new_customer_id AND r.reason IN ('merged', 'deleted')
  -- no chain is longer; a bound keeps a damaged one from running for ever
  WHERE f.hops < 100
),
ends AS (
  SELECT
    entity, old_customer_id, new_customer_id,
    row_number() OVER (PARTITION BY old_customer_id ORDER BY hops DESC, new_customer_id) AS place
  FROM forwards
),
crm_records AS (
  SELECT record_key FROM silver.persons WHERE source_role = 'crm'
  UNION ALL
  SELECT record_key FROM silver.accounts WHERE source_role = 'crm'
)
SELECT
  c.entity, c.source_system, c.source_record_id, CAST(NULL AS TEXT) AS old_customer_id, c.customer_id AS new_customer_id,
  'current' AS reason
FROM silver.crosswalk AS c
JOIN crm_records AS r ON r.record_key = c.record_key
UNION ALL
SELECT entity, NULL AS source_system, NULL AS source_record_id, old_customer_id, new_customer_id, 'merged' FROM ends WHERE place = 1
UNION ALL
SELECT entity, NULL AS source_system, NULL AS source_record_id, old_customer_id, NULL AS new_customer_id, 'deleted' FROM silver.customer_redirects WHERE reason = 'deleted'
