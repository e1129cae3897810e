-- Invariant 2: no row of a file stands twice in the table of its feed, or in the quarantine. Violated by an append that was
-- repeated without its app transaction.
SELECT file_key, source_row, count(*) AS rows
FROM bronze.quarantine
WHERE file_key IN (SELECT file_key FROM bronze.ingested_files)
GROUP BY file_key, source_row
HAVING count(*) > 1
UNION ALL
SELECT file_key, source_row, count(*) AS rows
FROM scratch.standardized_rows
WHERE record_key IS NOT NULL AND file_key IN (SELECT file_key FROM bronze.ingested_files)
GROUP BY file_key, source_row, record_key
HAVING count(*) > 1
