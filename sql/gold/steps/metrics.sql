-- scratch.metrics
-- Grain: one row per customer who ordered, or opened a ticket, up to as_of: the figures of gold.dim_customer. What counts as an order:
-- scratch.counted_orders.
WITH spent AS (
  -- a sum of decimals is the same in any order
  SELECT customer_key, currency, count(*) AS orders, CAST(sum(TRY_CAST(amount AS DECIMAL(38, 4))) AS DOUBLE) AS amount
  FROM scratch.counted_orders
  WHERE amount IS NOT NULL
  GROUP BY customer_key, currency
),
-- Amounts of several currencies are no sum: the one that the customer orders in most often counts, then the one of more money.
main_currency AS (
  SELECT
    customer_key, currency, orders, amount,
    row_number() OVER (PARTITION BY customer_key ORDER BY orders DESC, amount DESC, currency NULLS LAST) AS place
  FROM spent
),
ordered AS (
  SELECT customer_key, count(*) AS order_count, min(ordered_at) AS first_order_at, max(ordered_at) AS last_order_at
  FROM scratch.counted_orders
  GROUP BY customer_key
),
ranked AS (
  -- Five steps of equal size among those of one entity who ordered; equals stand on the same, the lowest that any of them would.
  SELECT
    o.*, m.currency, m.amount AS lifetime_value, m.amount / m.orders AS average_order_value,
    1 + CAST(floor(5.0 * (rank() OVER (PARTITION BY k.entity ORDER BY o.last_order_at) - 1) / count(*) OVER (PARTITION BY k.entity)) AS BIGINT) AS recency_score,
    1 + CAST(floor(5.0 * (rank() OVER (PARTITION BY k.entity ORDER BY o.order_count) - 1) / count(*) OVER (PARTITION BY k.entity)) AS BIGINT) AS frequency_score,
    -- money is compared with money of the same kind
    CASE WHEN m.amount IS NOT NULL THEN
      1 + CAST(floor(5.0 * (rank() OVER (PARTITION BY k.entity, m.currency ORDER BY m.amount NULLS FIRST) - 1) / count(*) OVER (PARTITION BY k.entity, m.currency)) AS BIGINT)
    END AS monetary_score
  FROM ordered AS o
  JOIN scratch.customers AS k ON k.customer_key = o.customer_key
  LEFT JOIN main_currency AS m ON m.customer_key = o.customer_key AND m.place = 1
),
tickets AS (
  SELECT key_hash(customer_id) AS customer_key, count(*) AS open_tickets
  FROM gold.fact_tickets
  WHERE customer_id IS NOT NULL
    AND opened_at <= $as_of
    AND CASE
      WHEN closed_at IS NOT NULL THEN closed_at > $as_of
      ELSE coalesce(lower(status), '') NOT IN ('closed', 'solved', 'resolved', 'done', 'completed', 'cancelled', 'canceled')
    END
  GROUP BY key_hash(customer_id)
)
SELECT
  coalesce(r.customer_key, t.customer_key) AS customer_key,
  r.order_count, r.first_order_at, r.last_order_at, r.lifetime_value, r.average_order_value, r.currency,
  r.recency_score, r.frequency_score, r.monetary_score, t.open_tickets
FROM ranked AS r
FULL JOIN tickets AS t ON t.customer_key = r.customer_key
