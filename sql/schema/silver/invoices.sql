-- silver.invoices
-- Grain: one row per version of an invoice of a source (append-only).
CREATE TABLE silver.invoices (
  -- hash of (entity, source_system, source_record_id): the integer key that plans join on
  record_key BIGINT,
  source_record_id TEXT,
  updated_at TIMESTAMP,
  is_deleted BOOLEAN,
  -- from the file's name, where it carries a date: settles versions without updated_at
  extracted_at TIMESTAMP,
  -- hash of the mapped row: the last tie-breaker, the same whatever the order of delivery
  row_hash BIGINT,
  -- person or account; null where the row names only a contact point
  owner_entity TEXT,
  owner_record_id TEXT,
  -- record key of the owner, see silver.person_records
  owner_key BIGINT,
  -- the contact point that the row names as its owner, standardized, and its contact key
  owner_email TEXT,
  owner_phone TEXT,
  issued_at TIMESTAMP,
  paid_at TIMESTAMP,
  amount DOUBLE,
  currency TEXT,
  status TEXT,
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
