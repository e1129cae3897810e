-- The newest version of each account record; deleted ones are left out. Newest: by updated_at, then by the extract date of the
-- file, then by a hash of the row, so that the order of delivery never matters. What is older is found on narrow rows, and only
-- among records that came more than once; a record stands at most once in a row of a file, so (file_key, source_row, record_key)
-- finds it again.
WITH versions AS (
  SELECT record.record_key, record.file_key, record.source_row, record.updated_at, record.row_hash, active.extracted_at
  FROM silver.account_records AS record
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
  RIGHT ANTI JOIN silver.account_records AS record
    ON record.record_key = older.record_key
    AND record.file_key = older.file_key
    AND record.source_row = older.source_row
)
SELECT
  record.* EXCEPT (extracted_at, domain),
  active.extracted_at,
  -- a domain that belongs to its users says nothing of a company
  CASE WHEN coalesce(listed.is_own, is_free_mail(record.domain) = 0) THEN record.domain END AS domain,
  -- a domain that only an e-mail gives may be somebody else's: an accountant's, an agency's; and these are typed by those
  -- who have none, or have a page there
  record.website IS NOT NULL
    AND coalesce(listed.is_own, is_free_mail(record.domain) = 0 AND record.domain NOT IN (
    'amazon.com', 'company.com', 'domain.com', 'ebay.com', 'etsy.com', 'example.com', 'example.net', 'example.org',
    'facebook.com', 'fb.com', 'google.com', 'instagram.com', 'linkedin.com', 'na.com', 'no.com', 'none.com',
    'nowebsite.com', 'pinterest.com', 'shopify.com', 'squarespace.com', 'test.com', 'tiktok.com', 'twitter.com',
    'unknown.com', 'website.com', 'weebly.com', 'wix.com', 'wordpress.com', 'www.com', 'x.com', 'yelp.com', 'youtube.com'
    ), false) AS is_own_domain
FROM newest AS record
JOIN scratch.active_files AS active ON active.file_key = record.file_key
LEFT JOIN scratch.mail_domains AS listed ON listed.domain = record.domain
WHERE NOT record.is_deleted
