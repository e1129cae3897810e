-- gold.dim_person
-- Grain: one row per customer who is a person. Where each value comes from: gold.golden_values.
CREATE TABLE gold.dim_person (
  customer_id TEXT,
  -- all parts of the name come from one record
  full_name TEXT,
  given_name TEXT,
  middle_name TEXT,
  family_name TEXT,
  name_suffix TEXT,
  birth_date DATE,
  gender TEXT,
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
  customer_number TEXT,
  national_id TEXT,
  tax_id TEXT,
  company_name TEXT,
  -- the account customer that the person works for
  account_customer_id TEXT,
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
