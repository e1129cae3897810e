-- Invariant 4: a customer_id never changes hands. An id in use that was ever published must have a record that it, or one that it
-- stands for, had before; and a customer whose records are the same must keep its id. Violated by ids minted twice, handed on, or
-- given up without cause.
WITH past AS (
  SELECT entity, customer_id, record_key FROM scratch.previous_crosswalk
  UNION ALL
  SELECT entity, customer_id, record_key FROM scratch.previous_crosswalk_history WHERE valid_to IS NOT NULL
),
had AS (
  SELECT past.entity, past.record_key, coalesce(redirects.new_customer_id, past.customer_id) AS customer_id
  FROM past
  LEFT JOIN scratch.previous_customer_redirects AS redirects
    ON redirects.entity = past.entity AND redirects.old_customer_id = past.customer_id
),
-- few: ids of which no record bore them a run ago
unkept AS (
  SELECT crosswalk.entity, crosswalk.customer_id
  FROM silver.crosswalk AS crosswalk
  LEFT JOIN scratch.previous_crosswalk AS previous
    ON previous.entity = crosswalk.entity
    AND previous.record_key = crosswalk.record_key
    AND previous.customer_id = crosswalk.customer_id
  GROUP BY crosswalk.entity, crosswalk.customer_id
  HAVING count(previous.record_key) = 0
),
handed AS (
  SELECT unkept.entity, unkept.customer_id
  FROM unkept
  JOIN had ON had.entity = unkept.entity AND had.customer_id = unkept.customer_id
  LEFT JOIN silver.crosswalk AS crosswalk
    ON crosswalk.entity = had.entity
    AND crosswalk.record_key = had.record_key
    AND crosswalk.customer_id = had.customer_id
  GROUP BY unkept.entity, unkept.customer_id
  HAVING count(crosswalk.record_key) = 0
),
moved AS (
  SELECT crosswalk.entity, previous.customer_id AS old_id, crosswalk.customer_id AS new_id, count(*) AS records
  FROM silver.crosswalk AS crosswalk
  JOIN scratch.previous_crosswalk AS previous
    ON previous.entity = crosswalk.entity AND previous.record_key = crosswalk.record_key
  WHERE previous.customer_id <> crosswalk.customer_id
  GROUP BY crosswalk.entity, previous.customer_id, crosswalk.customer_id
),
sizes AS (
  SELECT entity, customer_id, sum(was) AS records_before, sum(is_now) AS records_now
  FROM (
    SELECT entity, customer_id, 1 AS was, 0 AS is_now FROM scratch.previous_crosswalk
    UNION ALL
    SELECT entity, customer_id, 0 AS was, 1 AS is_now FROM silver.crosswalk
  )
  GROUP BY entity, customer_id
)
SELECT entity, customer_id, 'handed to other records' AS problem
FROM handed
UNION ALL
SELECT moved.entity, moved.old_id AS customer_id, 'given up without cause' AS problem
FROM moved
JOIN sizes AS before ON before.entity = moved.entity AND before.customer_id = moved.old_id
JOIN sizes AS after ON after.entity = moved.entity AND after.customer_id = moved.new_id
WHERE before.records_before = moved.records AND after.records_now = moved.records
