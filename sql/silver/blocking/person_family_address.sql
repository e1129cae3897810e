-- Candidates: one family name at one address.
SELECT record_key, key_hash(family_key || '|' || address_key) AS block_key
FROM scratch.comparable_persons
WHERE family_key IS NOT NULL AND address_key IS NOT NULL
