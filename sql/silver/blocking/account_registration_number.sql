-- Candidates: the number in a register.
SELECT record_key, key_hash(registration_number) AS block_key
FROM scratch.comparable_accounts
WHERE registration_number IS NOT NULL
