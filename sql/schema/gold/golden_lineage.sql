-- gold.golden_lineage
-- Grain: one row per customer, attribute and value that a record states, or that is derived, and that did not survive. Attributes that keep every
-- value have none.
CREATE TABLE gold.golden_lineage (
  entity TEXT,
  customer_id TEXT,
  attribute TEXT,
  value TEXT,
  -- the best of the records that state it; c360 and the customer_id where the value is derived
  source_system TEXT,
  source_record_id TEXT,
  record_key BIGINT,
  -- its place in the rule's source orders
  role TEXT,
  -- how many records state it; 0 where it is derived
  record_count BIGINT,
  -- what survived, as in gold.golden_values
  golden_value TEXT,
  -- the criterion of the rule that decided against it: a name, an order of sources, steward (one chose), valid_first (what is not valid never beats what
  -- is), value (equal under the whole rule, and later in the order of characters), address (the country is that of the address)
  beaten_by TEXT,
  rule TEXT,
  run_id TEXT
);
