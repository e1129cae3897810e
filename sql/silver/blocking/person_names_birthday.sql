-- Candidates: one full name in any order, born on one day of the year.
SELECT record_key, key_hash(least(given_key, family_key) || '|' || greatest(given_key, family_key)
  || '|' || to_char(birth_date, '%m-%d')) AS block_key
FROM scratch.comparable_persons
WHERE length(given_key) > 1 AND length(family_key) > 1 AND birth_date IS NOT NULL
