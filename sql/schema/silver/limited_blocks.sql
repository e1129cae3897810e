-- silver.limited_blocks
-- Grain: one row per block of the last run that was not compared as others are.
CREATE TABLE silver.limited_blocks (
  entity TEXT,
  -- blocking rule, and the key that the records of the block share
  rule TEXT,
  block_key BIGINT,
  -- refused: too large, not compared; first: too large, compared with its first record only; crowd: its value is shared by so many
  -- that it says nothing
  treatment TEXT,
  first_record_key BIGINT
);
