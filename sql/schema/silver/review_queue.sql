-- silver.review_queue
-- Grain: one row per doubtful pair for a steward: candidates, blocked auto-merges, weak bridges,
-- decisions that contradict each other, doubtful account links.
CREATE TABLE silver.review_queue (
  review_id TEXT,
  entity TEXT,
  -- candidate, conflict, weak_bridge; contradiction: a "same" that is not applied, since other decisions stand against it;
  -- account_link: a is the person's record, the customers are accounts that could be theirs (null: none is known)
  kind TEXT,
  a_source_system TEXT,
  a_source_record_id TEXT,
  b_source_system TEXT,
  b_source_record_id TEXT,
  a_customer_id TEXT,
  b_customer_id TEXT,
  reason TEXT,
  name_similarity DOUBLE,
  run_id TEXT
);
