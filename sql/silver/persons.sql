-- The newest version of each person record; deleted ones are left out. Newest: by updated_at, then by the extract date of the
-- file, then by a hash of the row, so that the order of delivery never matters. Ranked on narrow rows first; a record stands
-- at most once in a row of a file, so (file_key, source_row, record_key) finds it again.
WITH versions AS (
  SELECT
    record.record_key,
    record.file_key,
    record.source_row,
    active.extracted_at,
    row_number() OVER (
      PARTITION BY record.record_key
      ORDER BY
        record.updated_at DESC NULLS LAST,
        active.extracted_at DESC NULLS LAST,
        record.row_hash DESC,
        record.file_key,
        record.source_row
    ) AS version_rank
  FROM silver.person_records AS record
  JOIN scratch.active_files AS active ON active.file_key = record.file_key
)
SELECT
  record.* EXCEPT (extracted_at, company_domain),
  versions.extracted_at,
  -- a domain that belongs to its users says nothing of a company
  CASE WHEN coalesce(listed.is_own, is_free_mail(record.company_domain) = 0) THEN record.company_domain END AS company_domain
FROM silver.person_records AS record
JOIN versions
  ON versions.record_key = record.record_key
  AND versions.file_key = record.file_key
  AND versions.source_row = record.source_row
LEFT JOIN scratch.mail_domains AS listed ON listed.domain = record.company_domain
WHERE versions.version_rank = 1
  AND NOT record.is_deleted
