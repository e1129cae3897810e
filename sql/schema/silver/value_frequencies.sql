-- silver.value_frequencies
-- Grain: one row per entity, comparison and value that a current record holds and more than one held, in a run since the model in
-- use was trained. How much an agreement weighs depends on it.
CREATE TABLE silver.value_frequencies (
  entity TEXT,
  comparison TEXT,
  -- hash of the value
  value_key BIGINT,
  -- the most that held it in any of these runs
  records BIGINT
) WITH (page_rows = 4096);
