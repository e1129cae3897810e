-- Which e-mails did not become the golden one, and why?
SELECT customer_id, golden_value, value AS beaten, source_system, source_record_id, record_count, beaten_by, rule
FROM gold.golden_lineage
WHERE attribute = 'email'
ORDER BY customer_id, beaten
LIMIT 50
