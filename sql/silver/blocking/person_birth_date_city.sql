-- Candidates: one birth date in one city.
SELECT record_key, key_hash(CAST(birth_date AS TEXT) || '|' || city_key) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL AND city_key IS NOT NULL
