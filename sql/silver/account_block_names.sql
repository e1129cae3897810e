-- How many names stand under each value that identifies somebody (rules below $identities), where records share it.
SELECT keys.rule, keys.block_key, organization_groups(record.name_key, record.name_key) AS names
FROM scratch.block_sizes AS sizes
JOIN scratch.block_keys AS keys ON keys.rule = sizes.rule AND keys.block_key = sizes.block_key
JOIN scratch.comparable_accounts AS record ON record.record_key = keys.record_key
WHERE sizes.rule < $identities
GROUP BY keys.rule, keys.block_key
