-- gold.dim_customer_history
-- Grain: one row per customer and stretch of time in which nothing of their row of gold.dim_customer changed.
WITH published AS (
  SELECT * FROM scratch.published_history
),
-- without what every run writes anew
current_rows AS (
  SELECT * EXCLUDE (as_of, run_id) FROM gold.dim_customer
),
-- sums are equal to the cent, in whatever order they were added up
unchanged AS (
  SELECT customer_id
  FROM (
    SELECT * REPLACE (round(lifetime_value, 2) AS lifetime_value, round(average_order_value, 2) AS average_order_value)
    FROM current_rows
    INTERSECT
    SELECT
      * EXCLUDE (valid_from, valid_to, closed_as, run_id)
      REPLACE (round(lifetime_value, 2) AS lifetime_value, round(average_order_value, 2) AS average_order_value)
    FROM published
    WHERE valid_to IS NULL
  )
)
SELECT * FROM published WHERE valid_to IS NOT NULL
UNION ALL
SELECT p.*
FROM published AS p
LEFT SEMI JOIN unchanged AS u ON u.customer_id = p.customer_id
WHERE p.valid_to IS NULL
UNION ALL
-- what a publication of the same time said was so at no time
SELECT
  p.* EXCLUDE (valid_to, closed_as, run_id),
  $as_of AS valid_to,
  CASE WHEN c.customer_id IS NOT NULL THEN 'changed' WHEN r.old_customer_id IS NOT NULL THEN 'merged' ELSE 'deleted' END AS closed_as,
  $run_id AS run_id
FROM published AS p
LEFT ANTI JOIN unchanged AS u ON u.customer_id = p.customer_id
LEFT JOIN current_rows AS c ON c.customer_id = p.customer_id
LEFT JOIN (
  SELECT DISTINCT old_customer_id FROM silver.customer_redirects WHERE reason = 'merged'
) AS r ON r.old_customer_id = p.customer_id
WHERE p.valid_to IS NULL AND p.valid_from < $as_of
UNION ALL
SELECT c.*, $as_of AS valid_from, CAST(NULL AS TIMESTAMP) AS valid_to, CAST(NULL AS TEXT) AS closed_as, $run_id AS run_id
FROM current_rows AS c
LEFT ANTI JOIN unchanged AS u ON u.customer_id = c.customer_id
