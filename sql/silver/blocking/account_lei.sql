-- Candidates: one legal entity identifier.
SELECT record_key, key_hash(lei) AS block_key
FROM scratch.comparable_accounts
WHERE lei IS NOT NULL
