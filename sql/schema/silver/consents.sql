-- silver.consents
-- Grain: one row per consent statement and contact point that it names (a statement naming an e-mail and a phone is two rows; one
-- that names only a record is one row with no contact). Never deleted: consent only moves forward.
CREATE TABLE silver.consents (
  -- hash of file_key, source_row and what was mapped: the rows of one statement
  statement_key BIGINT,
  -- person or account; null where the row names only a contact point
  owner_entity TEXT,
  owner_record_id TEXT,
  -- record key of the owner, see silver.person_records
  owner_key BIGINT,
  -- email or phone, its standardized value and contact key; null where the statement names only a record
  contact_channel TEXT,
  contact_value TEXT,
  contact_key BIGINT,
  -- marketing, service, profiling …; "all" binds every purpose
  purpose TEXT,
  -- email, sms, phone, post, ads; "all" binds every channel
  channel TEXT,
  -- granted, denied, withdrawn, pending, expired, unknown
  status TEXT,
  -- a grant that its owner confirmed (double opt-in)
  is_confirmed BOOLEAN,
  stated_at TIMESTAMP,
  evidence TEXT,
  legal_basis TEXT,
  expires_at TIMESTAMP,
  jurisdiction TEXT,
  original TEXT,
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
