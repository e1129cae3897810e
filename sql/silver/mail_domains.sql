-- scratch.mail_domains
-- Grain: one row per domain that a reference feed lists: is it a company's own? Where two rows differ it is not.
WITH versions AS (
  SELECT
    listed.domain,
    listed.kind,
    listed.is_deleted,
    row_number() OVER (
      PARTITION BY listed.record_key
      ORDER BY
        listed.updated_at DESC NULLS LAST,
        active.extracted_at DESC NULLS LAST,
        coalesce(listed.kind, '') = 'own',
        listed.row_hash DESC,
        listed.file_key,
        listed.source_row
    ) AS version_rank
  FROM silver.mail_domains AS listed
  JOIN scratch.active_files AS active ON active.file_key = listed.file_key
)
SELECT domain, bool_and(kind = 'own') AS is_own
FROM versions
WHERE version_rank = 1 AND NOT is_deleted
GROUP BY domain
