-- silver.golden_overrides
-- Grain: one row per value that a steward chose (append-only; of a customer's records, the newest word on an attribute counts).
CREATE TABLE silver.golden_overrides (
  override_id TEXT,
  entity TEXT,
  -- the choice is for whichever customer has this record, through merges and splits
  source_system TEXT,
  source_record_id TEXT,
  attribute TEXT,
  -- as gold.golden_values shows it; null: the choice before is taken back
  value TEXT,
  decided_by TEXT,
  reason TEXT,
  decided_at TIMESTAMP,
  -- from then on the rule decides again; null: never
  expires_at TIMESTAMP
);
