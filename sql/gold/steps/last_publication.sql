-- The newest row of gold.publications.
SELECT publication_id, sequence, CAST(as_of AS BIGINT) AS as_of_micros, table_versions, input_versions, run_id
FROM gold.publications
ORDER BY sequence DESC
LIMIT 1
