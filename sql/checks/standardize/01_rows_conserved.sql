-- Invariant 1: per file, distinct rows read = standardized + filtered + quarantined with a reason; counted again here from
-- the rows that stand in the tables. Violated by a reader that loses rows, or a commit that lost a batch.
WITH new_files AS (
  SELECT * FROM bronze.ingested_files
),
standardized AS (
  SELECT file_key, distinct_rows(source_row) AS rows
  FROM scratch.standardized_rows
  GROUP BY file_key
),
quarantined AS (
  SELECT file_key, distinct_rows(source_row) AS rows
  FROM scratch.quarantined_rows
  WHERE reason IS NOT NULL
  GROUP BY file_key
)
SELECT
  new_files.feed,
  new_files.file_key,
  new_files.rows_read,
  new_files.rows_filtered,
  coalesce(standardized.rows, 0) AS rows_standardized,
  coalesce(quarantined.rows, 0) AS rows_quarantined
FROM new_files
LEFT JOIN standardized ON standardized.file_key = new_files.file_key
LEFT JOIN quarantined ON quarantined.file_key = new_files.file_key
WHERE new_files.rows_read <> new_files.rows_filtered + coalesce(standardized.rows, 0) + coalesce(quarantined.rows, 0)
