-- silver.contact_points
-- Grain: one row per contact point of a record version (origin record) or of a row of a contact_point feed (origin feed).
CREATE TABLE silver.contact_points (
  -- person or account; null where the row names only a contact point
  owner_entity TEXT,
  owner_record_id TEXT,
  -- record key of the owner, see silver.person_records
  owner_key BIGINT,
  -- the contact point that the row names as its owner, standardized, and its contact key
  owner_email TEXT,
  owner_phone TEXT,
  -- record: exploded from a person or account record; feed: stated by a contact_point feed
  origin TEXT,
  -- email or phone
  channel TEXT,
  -- home, work, mobile …
  kind TEXT,
  -- deliverable form (lower-case e-mail, E.164); null if invalid
  value TEXT,
  -- hash of (channel, value); null if invalid
  contact_key BIGINT,
  -- the form compared in matching (Gmail dots and plus tags removed); null if it identifies nobody (role address, placeholder)
  match_value TEXT,
  original TEXT,
  is_valid BOOLEAN,
  -- e-mail: what was probably meant where the domain looks mistyped; phone: fixed_line, mobile, toll_free …, and the extension
  suggestion TEXT,
  number_type TEXT,
  extension TEXT,
  -- Role, Placeholder, FreeMail, Disposable, Mistyped, Service; null where none applies
  tags TEXT[],
  is_primary BOOLEAN,
  verified_at TIMESTAMP,
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
