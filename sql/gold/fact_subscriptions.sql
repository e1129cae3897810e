-- gold.fact_subscriptions
-- Grain: one row per current subscription of a source. Which version is current, and whose it is: scratch.fact_owners.
SELECT
  v.record_key, v.source_system, v.source_record_id,
  o.customer_id, o.person_customer_id, o.account_customer_id, o.owner_rule,
  v.plan, v.status, v.started_at, v.ended_at, v.amount, v.currency,
  v.updated_at, v.attributes, v.source_file, v.source_row,
  $run_id AS run_id
FROM silver.subscriptions AS v
JOIN scratch.fact_owners AS o
  ON o.record_key = v.record_key AND o.file_key = v.file_key AND o.source_row = v.source_row
