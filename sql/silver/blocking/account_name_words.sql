-- Candidates: the words of one name, in any order.
SELECT record_key, key_hash(sorted_name_key) AS block_key
FROM scratch.comparable_accounts
WHERE sorted_name_key IS NOT NULL
