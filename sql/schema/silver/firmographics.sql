-- silver.firmographics
-- Grain: one row per version of what a provider knows of a company, by its domain (append-only).
CREATE TABLE silver.firmographics (
  -- hash of (entity, source_system, source_record_id)
  record_key BIGINT,
  -- as stated, else made of what the row describes
  source_record_id TEXT,
  updated_at TIMESTAMP,
  is_deleted BOOLEAN,
  extracted_at TIMESTAMP,
  row_hash BIGINT,
  -- as somebody registered it: example.co.uk
  domain TEXT,
  legal_name TEXT,
  industry TEXT,
  employee_count BIGINT,
  annual_revenue DOUBLE,
  currency TEXT,
  -- ISO 3166-1 alpha-2
  country TEXT,
  -- the mapped values as they came, JSON
  original TEXT,
  attributes TEXT,
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
