-- gold.customer_preferences
-- Grain: one row per customer and preference: the newest statement.
CREATE TABLE gold.customer_preferences (
  entity TEXT,
  customer_id TEXT,
  name TEXT,
  value TEXT,
  updated_at TIMESTAMP,
  source_system TEXT,
  -- the record that stated it; null where a contact point did
  source_record_id TEXT,
  run_id TEXT
);
