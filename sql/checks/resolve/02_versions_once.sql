-- Invariant 2: one current record per (source, id), whatever was delivered twice. Violated when an event delivered twice
-- leaves two current versions.
SELECT 'person' AS entity, record_key, count(*) AS rows
FROM silver.persons
GROUP BY record_key
HAVING count(*) > 1
UNION ALL
SELECT 'account' AS entity, record_key, count(*) AS rows
FROM silver.accounts
GROUP BY record_key
HAVING count(*) > 1
