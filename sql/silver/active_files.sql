-- The files whose rows count, each with its extract time. Of one content the newest delivery says which mapping counts, and
-- the latest time it came is its extract time, whatever the order of delivery. Of a full feed the latest extract counts, so
-- that a record which it lacks is gone (A, B, A ends at A). But an extract that is empty, or lost rows to the quarantine,
-- does not say who is gone: then the extracts before it count as well, back to the last whole one.
WITH ranked AS (
  SELECT
    feed,
    file_key,
    extract,
    rows_standardized,
    rows_quarantined,
    max(extracted_at) OVER (PARTITION BY feed, content_hash) AS extracted_at,
    row_number() OVER (PARTITION BY feed, content_hash ORDER BY generation DESC) AS delivery_rank
  FROM bronze.ingested_files
),
counted AS (
  SELECT * FROM ranked WHERE delivery_rank = 1
),
-- an extract may come in several files of one time
extracts AS (
  SELECT feed, extracted_at, sum(rows_standardized) > 0 AND sum(rows_quarantined) = 0 AS is_whole
  FROM counted
  WHERE extract = 'full'
  GROUP BY feed, extracted_at
),
last_whole AS (
  SELECT feed, max(extracted_at) AS extracted_at
  FROM extracts
  WHERE is_whole
  GROUP BY feed
)
SELECT counted.file_key, max(counted.extracted_at) AS extracted_at
FROM counted
LEFT JOIN last_whole ON last_whole.feed = counted.feed
WHERE counted.extract = 'incremental'
  OR last_whole.extracted_at IS NULL
  OR counted.extracted_at >= last_whole.extracted_at
GROUP BY counted.file_key
