-- Identity: the tax id.
SELECT record_key, key_hash(tax_id) AS block_key
FROM scratch.comparable_accounts
WHERE tax_id IS NOT NULL
