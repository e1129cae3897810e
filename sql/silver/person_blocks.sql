-- Blocks of two records and more, and how many names stand under the value. Singletons go before any join.
SELECT
  keys.rule,
  keys.block_key,
  count(*) AS records,
  min(keys.record_key) AS first_key,
  name_groups(record.given_key, record.family_key) AS names
FROM scratch.person_keys AS keys
JOIN scratch.comparable_persons AS record ON record.record_key = keys.record_key
GROUP BY keys.rule, keys.block_key
HAVING count(*) > 1
