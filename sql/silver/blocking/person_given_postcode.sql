-- Candidates: one given name in one postcode.
SELECT record_key, key_hash(given_key || '|' || postcode_key) AS block_key
FROM scratch.comparable_persons
WHERE length(given_key) > 1 AND postcode_key IS NOT NULL
