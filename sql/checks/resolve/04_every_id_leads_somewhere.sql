-- Invariant 4: every customer_id that was ever published is in use, or its redirect says which customer stands for it now, in one
-- step, or that all its records were deleted. Violated by an id that vanished, or that is in use and redirected at once.
WITH in_use AS (
  SELECT DISTINCT entity, customer_id FROM silver.crosswalk
),
published AS (
  SELECT entity, customer_id FROM scratch.previous_crosswalk
  UNION
  SELECT entity, customer_id FROM silver.crosswalk_history
),
redirects AS (
  SELECT entity, old_customer_id, new_customer_id FROM silver.customer_redirects
)
SELECT published.entity, published.customer_id, 'gone without a redirect' AS problem
FROM published
LEFT ANTI JOIN in_use ON in_use.entity = published.entity AND in_use.customer_id = published.customer_id
LEFT ANTI JOIN redirects ON redirects.entity = published.entity AND redirects.old_customer_id = published.customer_id
UNION ALL
SELECT redirects.entity, redirects.old_customer_id AS customer_id, 'in use and redirected' AS problem
FROM redirects
JOIN in_use ON in_use.entity = redirects.entity AND in_use.customer_id = redirects.old_customer_id
UNION ALL
SELECT redirects.entity, redirects.old_customer_id AS customer_id, 'redirected to no customer' AS problem
FROM redirects
LEFT ANTI JOIN in_use ON in_use.entity = redirects.entity AND in_use.customer_id = redirects.new_customer_id
LEFT ANTI JOIN redirects AS dead
  ON dead.entity = redirects.entity AND dead.old_customer_id = redirects.new_customer_id AND dead.new_customer_id IS NULL
WHERE redirects.new_customer_id IS NOT NULL
