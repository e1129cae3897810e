-- gold.customer_consents
-- Grain: one row per customer, contact point, purpose and channel of which something was stated, and per contact point
-- that no customer has but statements name. What has no row is unknown, which is not consent.
CREATE TABLE gold.customer_consents (
  entity TEXT,
  -- null: no current customer has this contact point
  customer_id TEXT,
  -- email, phone; address stands for all addresses of the customer
  contact_channel TEXT,
  -- lower-case e-mail, E.164; null for address
  contact_value TEXT,
  -- hash of (contact_channel, contact_value): findable for erasure
  contact_key BIGINT,
  -- marketing, service, profiling …
  purpose TEXT,
  -- email, sms, phone, post, ads
  channel TEXT,
  -- granted, denied or unknown, as of as_of
  permission TEXT,
  -- who made the newest statement of those that decide, and when
  source_system TEXT,
  stated_at TIMESTAMP,
  as_of TIMESTAMP,
  run_id TEXT
);
