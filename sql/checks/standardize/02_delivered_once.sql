-- Invariant 2: no row of a file stands twice in the table of its feed, or in the quarantine. Violated by an append that was
-- repeated without its app transaction. Only files with more rows than row numbers are looked at row by row: that takes
-- memory, and is no fault yet where a mapping makes several records of one row.
WITH quarantined AS (
  SELECT file_key, source_row
  FROM bronze.quarantine
  WHERE file_key IN (SELECT file_key FROM bronze.ingested_files)
),
standardized AS (
  SELECT file_key, source_row, record_key
  FROM scratch.standardized_rows
  WHERE record_key IS NOT NULL AND file_key IN (SELECT file_key FROM bronze.ingested_files)
),
suspects AS (
  SELECT file_key FROM quarantined GROUP BY file_key HAVING count(*) <> distinct_rows(source_row)
  UNION
  SELECT file_key FROM standardized GROUP BY file_key HAVING count(*) <> distinct_rows(source_row)
)
SELECT file_key, source_row, count(*) AS rows
FROM quarantined
WHERE file_key IN (SELECT file_key FROM suspects)
GROUP BY file_key, source_row
HAVING count(*) > 1
UNION ALL
SELECT file_key, source_row, count(*) AS rows
FROM standardized
WHERE file_key IN (SELECT file_key FROM suspects)
GROUP BY file_key, source_row, record_key
HAVING count(*) > 1
