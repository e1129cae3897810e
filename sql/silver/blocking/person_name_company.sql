-- Identity: the clean full name at one company; given and family name may have changed places.
SELECT
  record_key,
  key_hash(least(given_key, family_key) || '|' || greatest(given_key, family_key) || '|' || company_key) AS block_key
FROM scratch.comparable_persons
WHERE given_key IS NOT NULL AND family_key IS NOT NULL AND company_key IS NOT NULL
  -- an initial is no clean full name
  AND length(given_key) > 1 AND length(family_key) > 1
