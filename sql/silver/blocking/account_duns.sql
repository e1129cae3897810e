-- Candidates: one D-U-N-S number.
SELECT record_key, key_hash(duns) AS block_key
FROM scratch.comparable_accounts
WHERE duns IS NOT NULL
