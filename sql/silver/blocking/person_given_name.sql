-- Candidates: one given name, where few bear it.
SELECT record_key, key_hash(given_key) AS block_key
FROM scratch.comparable_persons
WHERE length(given_key) > 1
