-- Candidates: one family name in one postcode.
SELECT record_key, key_hash(family_key || '|' || postcode_key) AS block_key
FROM scratch.comparable_persons
WHERE family_key IS NOT NULL AND postcode_key IS NOT NULL
