-- Candidates: names that sound alike in one country.
SELECT record_key, key_hash(coalesce(country, '') || '|' || phonetic_key) AS block_key
FROM scratch.comparable_accounts
WHERE phonetic_key IS NOT NULL
