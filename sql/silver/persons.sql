-- The newest version of each person record; deleted ones are left out. Newest: by updated_at, then by the extract date of the
-- file, then by a hash of the row, so that the order of delivery never matters. What is older is found on narrow rows, and only
-- among records that came more than once; a record stands at most once in a row of a file, so (file_key, source_row, record_key)
-- finds it again.
WITH versions AS (
  SELECT record.record_key, record.file_key, record.source_row, record.updated_at, record.row_hash, active.extracted_at
  FROM silver.person_records AS record
  JOIN scratch.active_files AS active ON active.file_key = record.file_key
),
repeated AS (
  SELECT record_key FROM versions GROUP BY record_key HAVING count(*) > 1
),
ranked AS (
  SELECT
    versions.record_key,
    versions.file_key,
    versions.source_row,
    row_number() OVER (
      PARTITION BY versions.record_key
      ORDER BY
        versions.updated_at DESC NULLS LAST,
        versions.extracted_at DESC NULLS LAST,
        versions.row_hash DESC,
        versions.file_key,
        versions.source_row
    ) AS version_rank
  FROM versions
  LEFT SEMI JOIN repeated ON repeated.record_key = versions.record_key
),
older AS (
  SELECT record_key, file_key, source_row FROM ranked WHERE version_rank > 1
),
-- the narrow side first: it is what is held in memory
newest AS (
  SELECT record.*
  FROM older
  RIGHT ANTI JOIN silver.person_records AS record
    ON record.record_key = older.record_key
    AND record.file_key = older.file_key
    AND record.source_row = older.source_row
)
SELECT
  record.* EXCEPT (extracted_at, company_domain),
  active.extracted_at,
  -- a domain that belongs to its users says nothing of a company
  CASE WHEN coalesce(listed.is_own, is_free_mail(record.company_domain) = 0) THEN record.company_domain END AS company_domain
FROM newest AS record
JOIN scratch.active_files AS active ON active.file_key = record.file_key
LEFT JOIN scratch.mail_domains AS listed ON listed.domain = record.company_domain
WHERE NOT record.is_deleted
