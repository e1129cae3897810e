-- scratch.complete_files
-- Grain: one row per content of a feed that is complete, also of full extracts that a later one replaced: what was last known
-- of a record that is gone, and denials, which outlive the rows that stated them. The newest delivery names the rows that
-- count, so that a corrected mapping corrects; the content is as new as its latest extract, so that A, B, A ends at A.
SELECT file_key, max(extracted_at) AS extracted_at
FROM (
  SELECT
    file_key, generation,
    max(generation) OVER (PARTITION BY feed, content_hash) AS newest_generation,
    max(extracted_at) OVER (PARTITION BY feed, content_hash) AS extracted_at
  FROM bronze.ingested_files
)
WHERE generation = newest_generation
GROUP BY file_key
