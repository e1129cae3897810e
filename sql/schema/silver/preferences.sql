-- silver.preferences
-- Grain: one row per stated preference.
CREATE TABLE silver.preferences (
  -- person or account; null where the row names only a contact point
  owner_entity TEXT,
  owner_record_id TEXT,
  -- record key of the owner, see silver.person_records
  owner_key BIGINT,
  -- the contact point that the row names as its owner, standardized, and its contact key
  owner_email TEXT,
  owner_phone TEXT,
  name TEXT,
  value TEXT,
  updated_at TIMESTAMP,
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
