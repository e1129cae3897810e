-- Invariant 3: every customer_id of the crosswalk either counts as a customer or does not. Violated by a record that was not judged,
-- whose customer would then be neither published nor known as a prospect.
SELECT coalesce(c.customer_id, s.customer_id) AS customer_id, coalesce(s.rows, 0) AS rows
FROM (SELECT DISTINCT entity, customer_id FROM silver.crosswalk) AS c
FULL JOIN (SELECT entity, customer_id, count(status) AS rows FROM silver.customers GROUP BY entity, customer_id) AS s
  ON s.entity = c.entity AND s.customer_id = c.customer_id
WHERE c.customer_id IS NULL OR s.rows IS DISTINCT FROM 1
