-- What did we hold on customers at the start of the year?
SELECT customer_id, display_name, email, city, segment, lifecycle_stage, valid_from, valid_to, closed_as
FROM gold.dim_customer_history
WHERE valid_from <= TIMESTAMP '2026-01-01T00:00:00Z' AND (valid_to IS NULL OR valid_to > TIMESTAMP '2026-01-01T00:00:00Z')
ORDER BY customer_id
