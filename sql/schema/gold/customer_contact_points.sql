-- gold.customer_contact_points
-- Grain: one row per customer and contact point (channel, value) that a current record states.
CREATE TABLE gold.customer_contact_points (
  entity TEXT,
  customer_id TEXT,
  -- email or phone
  channel TEXT,
  -- deliverable form: lower-case e-mail, E.164
  value TEXT,
  -- of a phone: mobile, fixed_line, fixed_line_or_mobile …, as the numbering plan of its country tells
  number_type TEXT,
  -- hash of (channel, value): findable for erasure, joins gold.customer_consents
  contact_key BIGINT,
  -- home, work, mobile …, comma-separated where sources differ
  kinds TEXT,
  -- a source calls it primary
  is_primary BOOLEAN,
  -- survivorship chose it for dim_customer
  is_golden BOOLEAN,
  -- last time a source verified it
  verified_at TIMESTAMP,
  -- customers that have it, this one included
  customer_count BIGINT,
  source_record_count BIGINT,
  source_systems TEXT,
  -- what must not be done with it, comma-separated: DoNotContactEmail … as in gold.dim_customer
  tags TEXT,
  run_id TEXT
);
