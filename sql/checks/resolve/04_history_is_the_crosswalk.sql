-- Invariant 4: the open rows of the history are the crosswalk, and a record never belonged to two customers at once. Violated by a
-- history that lost rows, closed none, or was continued from another crosswalk than the published one.
WITH compared AS (
  SELECT entity, source_system, source_record_id, customer_id, sum(open) AS open_rows, sum(link) AS links
  FROM (
    SELECT entity, source_system, source_record_id, customer_id, 1 AS open, 0 AS link
    FROM silver.crosswalk_history
    WHERE valid_to IS NULL
    UNION ALL
    SELECT entity, source_system, source_record_id, customer_id, 0 AS open, 1 AS link FROM silver.crosswalk
  )
  GROUP BY entity, source_system, source_record_id, customer_id
)
SELECT entity, source_system, 'is not the crosswalk' AS problem
FROM compared
WHERE open_rows <> 1 OR links <> 1
UNION ALL
SELECT opened.entity, opened.source_system, 'two customers at once' AS problem
FROM silver.crosswalk_history AS opened
JOIN silver.crosswalk_history AS other ON other.entity = opened.entity AND other.record_key = opened.record_key
WHERE opened.run_id = $run_id
  AND other.run_id <> $run_id
  AND (other.valid_to IS NULL OR other.valid_to > opened.valid_from)
UNION ALL
SELECT entity, source_system, 'ends before it begins' AS problem
FROM silver.crosswalk_history
WHERE valid_to <= valid_from
