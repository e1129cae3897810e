-- Candidates: one full name in any order, where few bear it.
SELECT record_key, key_hash(least(given_key, family_key) || '|' || greatest(given_key, family_key)) AS block_key
FROM scratch.comparable_persons
WHERE length(given_key) > 1 AND length(family_key) > 1
