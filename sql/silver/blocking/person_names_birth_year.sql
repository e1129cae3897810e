-- Candidates: one full name in any order, born in one year.
SELECT record_key, key_hash(least(given_key, family_key) || '|' || greatest(given_key, family_key)
  || '|' || CAST(extract(year FROM birth_date) AS TEXT)) AS block_key
FROM scratch.comparable_persons
WHERE length(given_key) > 1 AND length(family_key) > 1 AND birth_date IS NOT NULL
