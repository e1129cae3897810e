-- Candidates: one birth date, and the first three letters of a name, given or family: they change places.
SELECT record_key, key_hash(CAST(birth_date AS TEXT) || '|' || left(given_key, 3)) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL AND given_key IS NOT NULL
UNION ALL
SELECT record_key, key_hash(CAST(birth_date AS TEXT) || '|' || left(family_key, 3)) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL AND family_key IS NOT NULL
