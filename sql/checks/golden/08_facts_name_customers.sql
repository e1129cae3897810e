-- Invariant 8: a fact belongs to a customer that there is, or to none. Would come about if facts were computed from another
-- version of the crosswalk than the dimensions.
SELECT f.fact, f.customer_id
FROM (
  SELECT 'orders' AS fact, customer_id FROM gold.fact_orders
  UNION ALL
  SELECT 'orders', account_customer_id FROM gold.fact_orders
  UNION ALL
  SELECT 'invoices', customer_id FROM gold.fact_invoices
  UNION ALL
  SELECT 'subscriptions', customer_id FROM gold.fact_subscriptions
  UNION ALL
  SELECT 'tickets', customer_id FROM gold.fact_tickets
  UNION ALL
  SELECT 'interactions', customer_id FROM gold.fact_interactions
) AS f
LEFT ANTI JOIN gold.dim_customer AS d ON d.customer_id = f.customer_id
WHERE f.customer_id IS NOT NULL
