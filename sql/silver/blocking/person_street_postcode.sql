-- Candidates: one street and house number in one postcode.
SELECT record_key, key_hash(street_key || '|' || postcode_key) AS block_key
FROM scratch.comparable_persons
WHERE street_key IS NOT NULL AND postcode_key IS NOT NULL
