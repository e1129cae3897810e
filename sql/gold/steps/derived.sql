-- scratch.derived
-- Grain: one row per customer and attribute that we derive: what counts where no source that survivorship prefers states it.
SELECT
  k.customer_key, k.customer_id, k.entity, 'lifecycle_stage' AS attribute,
  CASE
    WHEN a.last_order_at >= $as_of - INTERVAL '365 days' THEN 'Active'
    WHEN a.order_count > 0 THEN 'ChurnRisk'
    WHEN a.last_interaction_at >= $as_of - INTERVAL '90 days' THEN 'Prospect'
    ELSE 'Lead'
  END AS value
FROM scratch.customers AS k
LEFT JOIN scratch.activity AS a ON a.customer_key = k.customer_key
UNION ALL
-- people who work for an account that we know are business customers; accounts go by their size
SELECT
  k.customer_key, k.customer_id, k.entity, 'segment',
  CASE
    WHEN k.entity = 'person' AND p.customer_key IS NOT NULL THEN 'business'
    WHEN k.entity = 'person' THEN 'consumer'
    WHEN s.employees >= 1000 THEN 'enterprise'
    WHEN s.employees >= 100 THEN 'mid_market'
    WHEN s.employees IS NOT NULL THEN 'small_business'
    ELSE 'business'
  END
FROM scratch.customers AS k
LEFT JOIN scratch.person_accounts AS p ON p.customer_key = k.customer_key
LEFT JOIN (
  SELECT m.customer_key, max(a.employee_count) AS employees
  FROM silver.accounts AS a
  JOIN scratch.members AS m ON m.record_key = a.record_key
  GROUP BY m.customer_key
) AS s ON s.customer_key = k.customer_key
