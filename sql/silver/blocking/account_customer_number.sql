-- Candidates: a business key that systems share.
SELECT record_key, key_hash(customer_number) AS block_key
FROM scratch.comparable_accounts
WHERE customer_number IS NOT NULL
