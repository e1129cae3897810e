-- Blocks of two records and more. Singletons go before any join.
SELECT rule, block_key, count(*) AS records, min(record_key) AS first_key
FROM scratch.block_keys
GROUP BY rule, block_key
HAVING count(*) > 1
