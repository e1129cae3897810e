-- silver.shared_values
-- Grain: one row per match value that is shared by so many names that it identifies nobody (kept as a hash).
CREATE TABLE silver.shared_values (
  entity TEXT,
  match_key TEXT,
  block_key BIGINT,
  records BIGINT,
  names BIGINT,
  run_id TEXT
);
