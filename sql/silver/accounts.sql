-- The newest version of each account record; deleted ones are left out. Newest: by updated_at, then by the extract date of the
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
  FROM silver.account_records AS record
  JOIN scratch.active_files AS active ON active.file_key = record.file_key
)
SELECT
  record.* EXCEPT (extracted_at, domain),
  versions.extracted_at,
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
FROM silver.account_records AS record
JOIN versions
  ON versions.record_key = record.record_key
  AND versions.file_key = record.file_key
  AND versions.source_row = record.source_row
LEFT JOIN scratch.mail_domains AS listed ON listed.domain = record.domain
WHERE versions.version_rank = 1
  AND NOT record.is_deleted
