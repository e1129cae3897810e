-- Candidates: one birth date, where few have it.
SELECT record_key, key_hash(CAST(birth_date AS TEXT)) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL
