-- Invariant 4: a customer_id never changes hands. An id in use before and now must share a record with what it was, unless
-- every record it had is gone; an id no longer in use must be redirected. Violated by ids minted twice or handed on.
WITH before AS (
  SELECT entity, customer_id, record_key FROM scratch.previous_crosswalk
),
now_used AS (
  SELECT DISTINCT entity, customer_id FROM silver.crosswalk
),
kept AS (
  SELECT DISTINCT before.entity, before.customer_id
  FROM before
  JOIN silver.crosswalk AS crosswalk
    ON crosswalk.entity = before.entity
    AND crosswalk.customer_id = before.customer_id
    AND crosswalk.record_key = before.record_key
),
ids_before AS (
  SELECT DISTINCT entity, customer_id FROM before
)
SELECT ids_before.entity, ids_before.customer_id, 'handed to other records' AS problem
FROM ids_before
JOIN now_used ON now_used.entity = ids_before.entity AND now_used.customer_id = ids_before.customer_id
LEFT JOIN kept ON kept.entity = ids_before.entity AND kept.customer_id = ids_before.customer_id
WHERE kept.customer_id IS NULL
UNION ALL
SELECT ids_before.entity, ids_before.customer_id, 'gone without a redirect' AS problem
FROM ids_before
LEFT JOIN now_used ON now_used.entity = ids_before.entity AND now_used.customer_id = ids_before.customer_id
LEFT JOIN silver.customer_redirects AS redirects ON redirects.old_customer_id = ids_before.customer_id
WHERE now_used.customer_id IS NULL AND redirects.old_customer_id IS NULL
