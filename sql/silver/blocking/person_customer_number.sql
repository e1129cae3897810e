-- Identity: a business key that systems share.
SELECT record_key, key_hash(customer_number) AS block_key
FROM scratch.comparable_persons
WHERE customer_number IS NOT NULL
