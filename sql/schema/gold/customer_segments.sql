-- gold.customer_segments
-- Grain: one row per segment of `[segments]` and customer in it, as of the publication.
CREATE TABLE gold.customer_segments (
  segment TEXT,
  -- hash of the condition: another where it was changed
  segment_version TEXT,
  customer_id TEXT,
  entity TEXT,
  -- as of which publication the customer came in, without having left since
  entered_at TIMESTAMP,
  run_id TEXT
);
