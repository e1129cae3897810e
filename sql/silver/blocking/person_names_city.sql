-- Candidates: one full name in any order, in one city.
SELECT record_key, key_hash(least(given_key, family_key) || '|' || greatest(given_key, family_key)
  || '|' || city_key) AS block_key
FROM scratch.comparable_persons
WHERE length(given_key) > 1 AND length(family_key) > 1 AND city_key IS NOT NULL
