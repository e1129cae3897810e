-- How good the contact data of each source is, over the files that count (scratch.active_files). Null where a source has none.
-- Grain: one row per source_system.
SELECT
  p.source_system,
  count(DISTINCT p.file_key) AS files,
  sum(CASE WHEN p.column_name = 'email' THEN p.filled END) AS emails,
  CAST(sum(CASE WHEN p.column_name = 'email' THEN p.valid END) AS DOUBLE)
    / nullif(sum(CASE WHEN p.column_name = 'email' THEN p.filled END), 0) AS valid_email_share,
  sum(CASE WHEN p.column_name = 'phone' THEN p.filled END) AS phones,
  CAST(sum(CASE WHEN p.column_name = 'phone' THEN p.valid END) AS DOUBLE)
    / nullif(sum(CASE WHEN p.column_name = 'phone' THEN p.filled END), 0) AS valid_phone_share,
  sum(CASE WHEN p.column_name = '(address)' THEN p.filled END) AS addresses,
  CAST(sum(CASE WHEN p.column_name = '(address)' THEN p.valid END) AS DOUBLE)
    / nullif(sum(CASE WHEN p.column_name = '(address)' THEN p.filled END), 0) AS standardized_address_share
FROM silver.feed_profiles AS p
JOIN scratch.active_files AS f ON f.file_key = p.file_key
GROUP BY p.source_system
ORDER BY p.source_system
