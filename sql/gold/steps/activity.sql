-- scratch.activity
-- Grain: one row per customer that has done anything up to as_of: what lifecycle_stage is derived from.
SELECT
  key_hash(customer_id) AS customer_key,
  count(*) FILTER (WHERE kind = 'order') AS order_count,
  max(happened_at) FILTER (WHERE kind = 'order') AS last_order_at,
  max(happened_at) FILTER (WHERE kind = 'interaction') AS last_interaction_at,
  min(happened_at) AS first_activity_at,
  max(happened_at) AS last_activity_at
FROM (
  SELECT customer_id, 'order' AS kind, ordered_at AS happened_at FROM scratch.counted_orders
  UNION ALL
  SELECT customer_id, 'invoice', issued_at FROM gold.fact_invoices
  UNION ALL
  SELECT customer_id, 'subscription', started_at FROM gold.fact_subscriptions
  UNION ALL
  SELECT customer_id, 'ticket', opened_at FROM gold.fact_tickets
  UNION ALL
  SELECT customer_id, 'interaction', occurred_at FROM gold.fact_interactions
)
WHERE customer_id IS NOT NULL AND happened_at <= $as_of
GROUP BY customer_id
