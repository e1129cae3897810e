-- Blocks of two records and more, and how many names stand under the value. Singletons go before any join.
SELECT
  keys.rule,
  keys.block_key,
  count(*) AS records,
  min(keys.record_key) AS first_key,
  organization_groups(record.name_key, record.name_key) AS names
FROM scratch.account_keys AS keys
JOIN scratch.comparable_accounts AS record ON record.record_key = keys.record_key
GROUP BY keys.rule, keys.block_key
HAVING count(*) > 1
