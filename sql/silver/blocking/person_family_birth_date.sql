-- Candidates: one family name, one birth date.
SELECT record_key, key_hash(family_key || '|' || CAST(birth_date AS TEXT)) AS block_key
FROM scratch.comparable_persons
WHERE family_key IS NOT NULL AND birth_date IS NOT NULL
