-- Invariant 4: who was merged is redirected, so a relationship names two customers that there are, and each pair, kind and role
-- once. Would come about if an end were taken from links that were made before a merge, or if two statements of one both counted.
SELECT 'is no customer' AS problem, named.customer_id, named.kind
FROM (
  SELECT from_customer_id AS customer_id, kind FROM gold.customer_relationships
  UNION
  SELECT to_customer_id, kind FROM gold.customer_relationships
) AS named
LEFT ANTI JOIN gold.dim_customer AS d ON d.customer_id = named.customer_id
UNION ALL
SELECT 'is related to itself', from_customer_id, kind
FROM gold.customer_relationships
WHERE from_customer_id = to_customer_id
UNION ALL
SELECT 'stands twice', from_customer_id, kind
FROM gold.customer_relationships
GROUP BY from_customer_id, to_customer_id, kind, role
HAVING count(*) > 1
