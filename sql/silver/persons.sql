-- The newest version of each person record; deleted ones are left out. Newest: by updated_at, then by the extract date in the
-- file's name, then by a hash of the row, so that the order of delivery never matters. Ranked on narrow rows first.
WITH versions AS (
  SELECT
    record.record_key,
    record.file_key,
    record.source_row,
    row_number() OVER (
      PARTITION BY record.record_key
      ORDER BY
        record.updated_at DESC NULLS LAST,
        record.extracted_at DESC NULLS LAST,
        record.row_hash DESC,
        record.file_key,
        record.source_row
    ) AS version_rank
  FROM silver.person_records AS record
  JOIN scratch.active_files AS active ON active.file_key = record.file_key
)
SELECT record.*
FROM silver.person_records AS record
JOIN versions
  ON versions.record_key = record.record_key
  AND versions.file_key = record.file_key
  AND versions.source_row = record.source_row
WHERE versions.version_rank = 1
  AND NOT record.is_deleted
