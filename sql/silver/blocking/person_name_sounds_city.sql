-- Candidates: full names that sound alike, in one city.
SELECT record_key, key_hash(least(given_sound, family_sound) || '|' || greatest(given_sound, family_sound)
  || '|' || city_key) AS block_key
FROM scratch.comparable_persons
WHERE given_sound IS NOT NULL AND family_sound IS NOT NULL AND city_key IS NOT NULL
