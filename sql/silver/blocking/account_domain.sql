-- Identity: the account's own domain.
SELECT record_key, key_hash(domain) AS block_key
FROM scratch.comparable_accounts
WHERE domain IS NOT NULL
