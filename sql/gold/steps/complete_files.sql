-- scratch.complete_files
-- Grain: one row per file whose rows are complete, also of full extracts that a later one replaced: what was last known of a
-- record that is gone, and denials, which outlive the rows that stated them. Of several deliveries of one content the newest
-- counts, so that a corrected mapping corrects.
SELECT file_key, max(extracted_at) AS extracted_at
FROM (
  SELECT
    file_key, extracted_at, generation,
    max(generation) OVER (PARTITION BY feed, content_hash) AS newest_generation
  FROM bronze.ingested_files
)
WHERE generation = newest_generation
GROUP BY file_key
