-- Records that were in the crosswalk once and are not now.
WITH known AS (
  SELECT entity, source_system, source_record_id, customer_id, run_id, 1 AS age
  FROM scratch.previous_departed_records
  UNION ALL
  SELECT entity, source_system, source_record_id, customer_id, $run_id AS run_id, 0 AS age
  FROM scratch.previous_crosswalk
),
ranked AS (
  SELECT
    *,
    row_number() OVER (PARTITION BY entity, source_system, source_record_id ORDER BY age) AS newest
  FROM known
)
SELECT ranked.entity, ranked.source_system, ranked.source_record_id, ranked.customer_id, ranked.run_id
FROM ranked
LEFT JOIN silver.crosswalk AS crosswalk
  ON crosswalk.entity = ranked.entity
  AND crosswalk.source_system = ranked.source_system
  AND crosswalk.source_record_id = ranked.source_record_id
WHERE ranked.newest = 1 AND crosswalk.entity IS NULL
