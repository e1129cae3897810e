-- scratch.customers
-- Grain: one row per customer_id: its two keys, how many records of which source systems it has, and whether it counts as a
-- customer. Contact points, addresses, consents and facts are of all of them; golden rows only of those that count.
WITH per_source AS (
  SELECT customer_key, customer_id, entity, source_system, count(*) AS records
  FROM scratch.members
  GROUP BY customer_key, customer_id, entity, source_system
)
SELECT
  k.customer_key,
  k.customer_id,
  k.entity,
  CAST(sum(k.records) AS BIGINT) AS source_record_count,
  array_to_string(array_sort(array_agg(k.source_system)), ',') AS source_systems,
  bool_or(c.status = 'customer') AS is_customer
FROM per_source AS k
JOIN silver.customers AS c ON c.customer_id = k.customer_id
GROUP BY k.customer_key, k.customer_id, k.entity
