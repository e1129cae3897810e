-- Invariant 2: no row of a file stands twice in a table of its feed. Violated by an append that was repeated without
-- its app transaction.
SELECT file_key, source_row, count(*) AS rows
FROM bronze.quarantine
WHERE file_key IN (SELECT file_key FROM bronze.ingested_files)
GROUP BY file_key, source_row
HAVING count(*) > 1
