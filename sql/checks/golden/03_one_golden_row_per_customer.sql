-- Invariant 3: one golden row per customer. A join in dim_person that finds two rows (two golden addresses, two links to an
-- account) would double a customer; a customer without survivors would be missing; a prospect would be published.
SELECT coalesce(c.customer_id, d.customer_id) AS customer_id, coalesce(d.golden_rows, 0) AS golden_rows
FROM (SELECT customer_id FROM silver.customers WHERE status = 'customer') AS c
FULL JOIN (SELECT customer_id, count(*) AS golden_rows FROM gold.dim_customer GROUP BY customer_id) AS d
  ON d.customer_id = c.customer_id
WHERE c.customer_id IS NULL OR d.golden_rows IS DISTINCT FROM 1
