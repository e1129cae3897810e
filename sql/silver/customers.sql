-- silver.customers
-- A record that may found none can still join one that another founds. A condition of which nobody knows is not met.
SELECT
  crosswalk.entity,
  crosswalk.customer_id,
  CASE
    WHEN NOT coalesce(bool_or(judged.may_found), false) THEN 'prospect'
    WHEN NOT coalesce(bool_or(judged.is_in_scope), false) THEN 'out_of_scope'
    ELSE 'customer'
  END AS status,
  $run_id AS run_id
FROM silver.crosswalk AS crosswalk
JOIN scratch.judged_records AS judged ON judged.record_key = crosswalk.record_key
GROUP BY crosswalk.entity, crosswalk.customer_id
