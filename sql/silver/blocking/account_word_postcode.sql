-- Candidates: the longest word of the name, in one postcode.
SELECT record_key, key_hash(longest_word || '|' || postcode_key) AS block_key
FROM scratch.comparable_accounts
WHERE length(longest_word) > 2 AND postcode_key IS NOT NULL
