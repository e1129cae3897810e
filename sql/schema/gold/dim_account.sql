-- gold.dim_account
-- Grain: one row per customer that is an account (a company or other organization).
CREATE TABLE gold.dim_account (
  customer_id TEXT,
  legal_name TEXT,
  trading_name TEXT,
  domain TEXT,
  website TEXT,
  email TEXT,
  -- E.164
  phone TEXT,
  -- all parts of the address come from one record
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2: of the address, else as a source states it
  country TEXT,
  tax_id TEXT,
  duns TEXT,
  lei TEXT,
  registration_number TEXT,
  industry TEXT,
  employee_count BIGINT,
  customer_number TEXT,
  segment TEXT,
  -- as a source of role crm states it, else derived as of as_of: Active (an order in 365 days), ChurnRisk (orders, none in
  -- 365 days), Prospect (no order, an interaction in 90 days), Lead
  lifecycle_stage TEXT,
  -- a mapping's further columns that survived, as one JSON object
  attributes TEXT,
  -- share of the attributes that matter which are known, 0 to 1, by the weights of [golden.completeness]
  completeness_score DOUBLE,
  -- marketing may write, as of as_of: by e-mail, or by text
  is_marketing_reachable BOOLEAN,
  -- it may use at least one valid e-mail address
  is_email_reachable BOOLEAN,
  -- it may send texts to at least one number that can take them
  is_sms_reachable BOOLEAN,
  -- what must not be done, comma-separated: DoNotContactEmail, DoNotContactSms, DoNotContactPhone, DoNotContactPost, DoNotTarget
  -- (marketing denied for every contact point that the channel reaches), DoNotSell, DoNotProfile (for any that ads reach)
  tags TEXT,
  source_record_count BIGINT,
  -- comma-separated, sorted
  source_systems TEXT,
  -- first and last order, invoice, subscription, ticket or interaction up to as_of
  first_activity_at TIMESTAMP,
  last_activity_at TIMESTAMP,
  as_of TIMESTAMP,
  run_id TEXT
);
