-- gold.segment_sizes
-- Grain: one row per publication and segment of `[segments]` in it, from the first publication on.
CREATE TABLE gold.segment_sizes (
  segment TEXT,
  segment_version TEXT,
  condition TEXT,
  publication_id TEXT,
  as_of TIMESTAMP,
  customers BIGINT,
  -- of all golden customers
  share DOUBLE,
  -- since the publication before
  customers_joined BIGINT,
  customers_left BIGINT,
  run_id TEXT
);
