-- bronze.ingested_files
-- Grain: one row per delivery of a file to a feed: (feed, content, mapping), and for full extracts its extract time. A row
-- here is what makes the rows of that file_key visible downstream.
CREATE TABLE bronze.ingested_files (
  feed TEXT,
  entity TEXT,
  source_system TEXT,
  source_file TEXT,
  -- SHA-256 of the file and of the mapping (with the feed's declaration), hexadecimal
  content_hash TEXT,
  mapping_hash TEXT,
  -- identifies the rows of (feed, content, mapping) in every silver table
  file_key TEXT,
  -- incremental or full
  extract TEXT,
  -- from the file's name if it carries a date; a full extract without one takes the file's own time
  extracted_at TIMESTAMP,
  -- 1, 2, … per (feed, content): the newest delivery of a content is the one that counts
  generation BIGINT,
  rows_read BIGINT,
  rows_filtered BIGINT,
  rows_standardized BIGINT,
  rows_quarantined BIGINT,
  ingested_at TIMESTAMP,
  run_id TEXT
);
