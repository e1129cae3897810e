-- Invariant 3: one golden row per customer, and one row per customer and address. A postcode that the step before holds twice
-- would double every address that has it.
SELECT customer_id, address_hash, count(*) AS rows
FROM gold.customer_addresses
GROUP BY customer_id, address_hash
HAVING count(*) > 1
