-- The files whose rows count. Of the deliveries of one content the newest counts; of a full feed only the content of the
-- latest extract does, so that a record which that extract lacks is gone (A, B, A ends at A: each content counts at the
-- latest time it came).
WITH ranked AS (
  SELECT
    feed,
    file_key,
    extract,
    extracted_at,
    row_number() OVER (
      PARTITION BY feed, content_hash
      ORDER BY CASE WHEN extract = 'full' THEN extracted_at END DESC NULLS LAST, generation DESC
    ) AS delivery_rank
  FROM bronze.ingested_files
),
latest AS (
  SELECT feed, max(extracted_at) AS extracted_at
  FROM bronze.ingested_files
  WHERE extract = 'full'
  GROUP BY feed
)
SELECT DISTINCT ranked.file_key
FROM ranked
LEFT JOIN latest ON latest.feed = ranked.feed
WHERE ranked.delivery_rank = 1
  AND (ranked.extract = 'incremental' OR ranked.extracted_at = latest.extracted_at)
