-- Candidates: one family name, where few bear it.
SELECT record_key, key_hash(family_key) AS block_key
FROM scratch.comparable_persons
WHERE family_key IS NOT NULL
