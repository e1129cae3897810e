-- silver.relationships
-- Grain: one row per stated relationship between two records of a source.
CREATE TABLE silver.relationships (
  from_id TEXT,
  to_id TEXT,
  kind TEXT,
  role TEXT,
  valid_from TIMESTAMP,
  valid_to TIMESTAMP,
  -- provenance
  feed TEXT,
  source_system TEXT,
  source_role TEXT,
  source_file TEXT,
  source_row BIGINT,
  file_key TEXT,
  ingested_at TIMESTAMP,
  run_id TEXT
);
