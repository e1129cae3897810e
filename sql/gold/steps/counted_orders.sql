-- scratch.counted_orders
-- Grain: one row per order of a customer, placed up to as_of, that was not called off or paid back: what counts as an order.
SELECT record_key, customer_id, key_hash(customer_id) AS customer_key, ordered_at, amount, currency
FROM gold.fact_orders
WHERE customer_id IS NOT NULL
  AND ordered_at <= $as_of
  AND coalesce(lower(status), '') NOT IN (
    'cancelled', 'canceled', 'voided', 'void', 'refunded', 'returned', 'declined', 'rejected', 'failed'
  )
