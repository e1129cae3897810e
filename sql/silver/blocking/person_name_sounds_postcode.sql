-- Candidates: full names that sound alike, in one postcode.
SELECT record_key, key_hash(least(given_sound, family_sound) || '|' || greatest(given_sound, family_sound)
  || '|' || postcode_key) AS block_key
FROM scratch.comparable_persons
WHERE given_sound IS NOT NULL AND family_sound IS NOT NULL AND postcode_key IS NOT NULL
