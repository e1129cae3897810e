-- gold.golden_values
-- Grain: one row per customer and attribute: the value that survived, the record that it came from, and the rule that chose it.
-- The attributes `name` and `address` stand for their parts, which all come from the one record.
CREATE TABLE gold.golden_values (
  entity TEXT,
  customer_id TEXT,
  attribute TEXT,
  value TEXT,
  -- the source record; c360 and the customer_id where the value is derived, or a steward wrote what no record states
  source_system TEXT,
  source_record_id TEXT,
  record_key BIGINT,
  -- the place in the rule's order that the value won by: a source's role, an address kind, derived, steward …
  role TEXT,
  -- the criteria in their order: of [survivorship], else of sql/seeds/survivorship.csv; `steward NAME: REASON` where one chose
  rule TEXT,
  run_id TEXT
);
