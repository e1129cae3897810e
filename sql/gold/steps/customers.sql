-- scratch.customers
-- Grain: one row per customer: its two keys, and how many records of which source systems it has.
WITH per_source AS (
  SELECT customer_key, customer_id, entity, source_system, count(*) AS records
  FROM scratch.members
  GROUP BY customer_key, customer_id, entity, source_system
)
SELECT
  customer_key,
  customer_id,
  entity,
  CAST(sum(records) AS BIGINT) AS source_record_count,
  array_to_string(array_sort(array_agg(source_system)), ',') AS source_systems
FROM per_source
GROUP BY customer_key, customer_id, entity
