-- Candidates: the longest word of the name, in one city.
SELECT record_key, key_hash(longest_word || '|' || city_key) AS block_key
FROM scratch.comparable_accounts
WHERE length(longest_word) > 2 AND city_key IS NOT NULL
