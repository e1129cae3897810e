-- Candidates: one street and house number, and the first three letters of a name, given or family.
SELECT record_key, key_hash(street_key || '|' || left(given_key, 3)) AS block_key
FROM scratch.comparable_persons
WHERE street_key IS NOT NULL AND given_key IS NOT NULL
UNION ALL
SELECT record_key, key_hash(street_key || '|' || left(family_key, 3)) AS block_key
FROM scratch.comparable_persons
WHERE street_key IS NOT NULL AND family_key IS NOT NULL
