-- Candidates: one birth date in one postcode.
SELECT record_key, key_hash(CAST(birth_date AS TEXT) || '|' || postcode_key) AS block_key
FROM scratch.comparable_persons
WHERE birth_date IS NOT NULL AND postcode_key IS NOT NULL
