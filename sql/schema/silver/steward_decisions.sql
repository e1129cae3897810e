-- silver.steward_decisions
-- Grain: one row per decision of a steward (append-only; the newest decision on a pair counts).
CREATE TABLE silver.steward_decisions (
  decision_id TEXT,
  entity TEXT,
  -- same or distinct
  kind TEXT,
  a_source_system TEXT,
  a_source_record_id TEXT,
  b_source_system TEXT,
  b_source_record_id TEXT,
  decided_by TEXT,
  reason TEXT,
  decided_at TIMESTAMP
);
