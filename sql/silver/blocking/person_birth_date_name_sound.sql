-- Candidates: one birth date, and the sound of a name, given or family.
SELECT record_key, key_hash(CAST(birth_date AS TEXT) || '|' || given_sound) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL AND given_sound IS NOT NULL
UNION ALL
SELECT record_key, key_hash(CAST(birth_date AS TEXT) || '|' || family_sound) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL AND family_sound IS NOT NULL
