-- bronze.quarantine
-- Grain: one row per input row that could not be standardized, with the reason and the raw text. Append-only: a row counts
-- while its file_key is among the active files (see sql/README.md, Layers).
CREATE TABLE bronze.quarantine (
  feed TEXT,
  source_system TEXT,
  source_file TEXT,
  -- 1 = the first row of data
  source_row BIGINT,
  reason TEXT,
  raw TEXT,
  file_key TEXT,
  ingested_at TIMESTAMP,
  run_id TEXT
);
