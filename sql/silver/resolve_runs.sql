-- The runs before, and this one. Id churn: of the records that the crosswalk has now and had before, the share that changed its
-- customer_id. Records that came, left or came back say nothing of it.
WITH ids AS (
  SELECT entity, customer_id, sum(was) AS was, sum(is_now) AS is_now
  FROM (
    SELECT entity, customer_id, 0 AS was, 1 AS is_now FROM silver.crosswalk
    UNION ALL
    SELECT entity, customer_id, 1 AS was, 0 AS is_now FROM scratch.previous_crosswalk
  )
  GROUP BY entity, customer_id
),
counted AS (
  SELECT
    ids.entity,
    sum(is_now) AS records,
    count(*) AS customers_ever,
    sum(CASE WHEN is_now > 0 THEN 1 ELSE 0 END) AS customers,
    sum(CASE WHEN was = 0 THEN 1 ELSE 0 END) AS customers_new,
    sum(CASE WHEN is_now = 0 AND redirects.new_customer_id IS NOT NULL THEN 1 ELSE 0 END) AS customers_merged,
    sum(CASE WHEN is_now = 0 AND redirects.new_customer_id IS NULL THEN 1 ELSE 0 END) AS customers_deleted
  FROM ids
  LEFT JOIN silver.customer_redirects AS redirects
    ON redirects.entity = ids.entity AND redirects.old_customer_id = ids.customer_id
  GROUP BY ids.entity
),
kept AS (
  SELECT
    crosswalk.entity,
    count(*) AS records,
    sum(CASE WHEN crosswalk.customer_id <> previous.customer_id THEN 1 ELSE 0 END) AS moved
  FROM silver.crosswalk AS crosswalk
  JOIN scratch.previous_crosswalk AS previous
    ON previous.record_key = crosswalk.record_key
  GROUP BY crosswalk.entity
),
left_behind AS (
  SELECT history.entity, count(DISTINCT history.customer_id) AS customers
  FROM silver.crosswalk_history AS history
  LEFT ANTI JOIN silver.customer_redirects AS redirects
    ON redirects.entity = history.entity AND redirects.old_customer_id = history.customer_id
  WHERE history.valid_to = $valid_from AND history.closed_as = 'split'
  GROUP BY history.entity
),
touched AS (
  SELECT entity, count(*) AS customers
  FROM (
    SELECT crosswalk.entity, crosswalk.customer_id
    FROM silver.crosswalk AS crosswalk
    LEFT SEMI JOIN scratch.changed_records AS changed ON changed.record_key = crosswalk.record_key
    UNION
    SELECT previous.entity, previous.customer_id
    FROM scratch.previous_crosswalk AS previous
    LEFT SEMI JOIN scratch.changed_records AS changed ON changed.record_key = previous.record_key
  )
  GROUP BY entity
)
SELECT * FROM scratch.previous_resolve_runs
UNION ALL
SELECT
  $run_id AS run_id,
  model.entity,
  $as_of AS as_of,
  $valid_from AS valid_from,
  $c360_version AS c360_version,
  $rules_id AS rules_id,
  model.model_id,
  coalesce(counted.records, 0) AS records,
  coalesce(counted.customers, 0) AS customers,
  coalesce(kept.records, 0) AS records_kept,
  coalesce(kept.moved, 0) AS records_moved,
  CAST(kept.moved AS DOUBLE) / kept.records AS id_churn,
  coalesce(counted.customers_new, 0) AS customers_new,
  coalesce(counted.customers_merged, 0) AS customers_merged,
  coalesce(counted.customers_deleted, 0) AS customers_deleted,
  coalesce(left_behind.customers, 0) AS customers_split,
  effort.is_trained,
  effort.records_changed,
  CASE WHEN effort.is_trained THEN coalesce(counted.customers_ever, 0) ELSE coalesce(touched.customers, 0) END AS customers_touched,
  effort.pairs_compared
FROM scratch.trained_models AS model
LEFT JOIN counted ON counted.entity = model.entity
LEFT JOIN kept ON kept.entity = model.entity
LEFT JOIN left_behind ON left_behind.entity = model.entity
LEFT JOIN touched ON touched.entity = model.entity
JOIN scratch.effort AS effort ON effort.entity = model.entity
