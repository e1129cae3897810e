-- silver.value_frequencies
-- Grain: one row per entity, comparison and value that more than one record held when the model in use was trained. How much an
-- agreement weighs depends on it.
CREATE TABLE silver.value_frequencies (
  entity TEXT,
  comparison TEXT,
  -- hash of the value
  value_key BIGINT,
  records BIGINT
);
