-- Candidates: one street and house number in one city.
SELECT record_key, key_hash(street_key || '|' || city_key) AS block_key
FROM scratch.comparable_accounts
WHERE street_key IS NOT NULL AND city_key IS NOT NULL
