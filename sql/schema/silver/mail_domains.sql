-- silver.mail_domains
-- Grain: one row per version of what a mail domain is, from a reference feed (append-only).
CREATE TABLE silver.mail_domains (
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
  -- free_mail, disposable, shared (pages of many, such as facebook.com), own (a company's, whatever our lists say)
  kind TEXT,
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
