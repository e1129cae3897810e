-- Invariant 3: every current record is in the crosswalk exactly once, and nothing else is. Violated by a record that
-- clustering lost, or by two records whose integer keys collide.
WITH current_records AS (
  SELECT 'person' AS entity, source_system, source_record_id FROM silver.persons
  UNION ALL
  SELECT 'account' AS entity, source_system, source_record_id FROM silver.accounts
),
counted AS (
  SELECT entity, source_system, source_record_id, sum(is_record) AS records, sum(is_link) AS links
  FROM (
    SELECT entity, source_system, source_record_id, 1 AS is_record, 0 AS is_link FROM current_records
    UNION ALL
    SELECT entity, source_system, source_record_id, 0 AS is_record, 1 AS is_link FROM silver.crosswalk
  )
  GROUP BY entity, source_system, source_record_id
)
SELECT entity, source_system, records, links
FROM counted
WHERE records <> 1 OR links <> 1
