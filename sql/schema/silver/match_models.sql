-- silver.match_models
-- Grain: one row per model that a run used for the first time.
CREATE TABLE silver.match_models (
  -- hash of parameters, records and filled: equal models have one id
  model_id TEXT,
  entity TEXT,
  -- as_of of the run
  trained_at TIMESTAMP,
  -- current records, and candidate pairs, that it was trained on
  records BIGINT,
  pairs BIGINT,
  -- records with a value, by comparison in the order of the model
  filled BIGINT[],
  -- JSON: prior, and m and u of every level
  parameters TEXT,
  run_id TEXT
);
