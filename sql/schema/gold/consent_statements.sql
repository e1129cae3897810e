-- gold.consent_statements
-- Grain: one row per statement, purpose, channel and contact point that it binds, and how it came to bind it: why a row of
-- gold.customer_consents says what it says (`c360 consent why`).
CREATE TABLE gold.consent_statements (
  -- as in gold.customer_consents
  contact_key BIGINT,
  purpose TEXT,
  channel TEXT,
  -- contact_point: the statement names it. record: it names a record of the customer. former_record: one that is gone.
  -- former_contact_point: the record had it once. holder: it names another contact point of the customer. possible_match: it
  -- names a record that may be the customer's, with this probability
  bound_by TEXT,
  probability DOUBLE,
  source_system TEXT,
  -- newer statements of one source about one subject replace older ones
  subject TEXT,
  -- granted, denied, withdrawn, pending, expired, unknown; unmet: a grant that a term of [consent] keeps from counting at all
  status TEXT,
  -- the term that a grant does not meet: confirmation, legal_basis; or time, where a term ends it sooner
  unmet TEXT,
  stated_at TIMESTAMP,
  -- when a grant ends; 1970 where it grants nothing here, and only lifts older denials
  expires_at TIMESTAMP,
  is_front_desk BOOLEAN,
  -- as stated
  owner_entity TEXT,
  owner_record_id TEXT,
  owner_key BIGINT,
  stated_status TEXT,
  evidence TEXT,
  legal_basis TEXT,
  jurisdiction TEXT,
  source_file TEXT,
  source_row BIGINT,
  file_key TEXT,
  run_id TEXT
);
