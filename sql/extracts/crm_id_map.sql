-- crm_id_map.csv: what a CRM needs to keep customer ids right.
-- Grain: one row per current record of a source of role crm (old_customer_id is empty, reason current), and one row per
-- customer_id that was ever replaced (reason merged or deleted), with the id that stands for it today.
WITH crm_records AS (
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
-- a redirect leads to its end in one step; the end may have been deleted since, and then has a redirect of its own
SELECT
  r.entity, NULL AS source_system, NULL AS source_record_id, r.old_customer_id,
  CASE WHEN e.old_customer_id IS NULL THEN r.new_customer_id ELSE e.new_customer_id END,
  coalesce(e.reason, r.reason)
FROM silver.customer_redirects AS r
LEFT JOIN silver.customer_redirects AS e ON e.old_customer_id = r.new_customer_id
