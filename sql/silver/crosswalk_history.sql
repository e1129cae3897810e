-- The history before, closed where a record left its customer and opened where it came to one. Closed rows stay as they are.
-- $valid_from: from when this run's crosswalk counts.
WITH compared AS (
  SELECT
    past.*,
    crosswalk.customer_id AS customer_now,
    redirects.new_customer_id AS leads_to
  FROM scratch.previous_crosswalk_history AS past
  LEFT JOIN silver.crosswalk AS crosswalk
    ON crosswalk.record_key = past.record_key
  LEFT JOIN silver.customer_redirects AS redirects
    ON redirects.entity = past.entity AND redirects.old_customer_id = past.customer_id
  WHERE past.valid_to IS NULL
),
ended AS (
  SELECT
    *,
    CASE
      WHEN customer_now IS NULL THEN 'departed'
      WHEN customer_now = customer_id THEN NULL
      WHEN customer_now = leads_to THEN 'merged'
      ELSE 'split'
    END AS ended_as
  FROM compared
)
SELECT
  entity, source_system, source_record_id, customer_id, record_key, valid_from, valid_to, run_id, closed_as, closed_by
FROM scratch.previous_crosswalk_history
WHERE valid_to IS NOT NULL
UNION ALL
SELECT
  entity, source_system, source_record_id, customer_id, record_key, valid_from,
  CASE WHEN ended_as IS NOT NULL THEN $valid_from END AS valid_to,
  run_id,
  ended_as AS closed_as,
  CASE WHEN ended_as IS NOT NULL THEN $run_id END AS closed_by
FROM ended
UNION ALL
SELECT
  crosswalk.entity, crosswalk.source_system, crosswalk.source_record_id, crosswalk.customer_id, crosswalk.record_key,
  $valid_from AS valid_from, NULL AS valid_to, $run_id AS run_id, NULL AS closed_as, NULL AS closed_by
FROM silver.crosswalk AS crosswalk
LEFT ANTI JOIN scratch.previous_crosswalk_history AS past
  ON past.valid_to IS NULL
  AND past.record_key = crosswalk.record_key
  AND past.customer_id = crosswalk.customer_id
