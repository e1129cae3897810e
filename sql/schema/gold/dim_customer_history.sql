-- gold.dim_customer_history
-- Grain: one row per customer and stretch of time in which nothing of their row of gold.dim_customer changed. As of a time T: the rows
-- with valid_from <= T AND (valid_to IS NULL OR valid_to > T).
CREATE TABLE gold.dim_customer_history (
  customer_id TEXT,
  -- person or account
  entity TEXT,
  -- the person's full name, or the account's trading name, else its legal name
  display_name TEXT,
  given_name TEXT,
  family_name TEXT,
  email TEXT,
  -- E.164
  phone TEXT,
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2: of the address, else as a source states it
  country TEXT,
  -- a person's employer as stated; an account's legal name
  company_name TEXT,
  -- of a person: the account that they work for
  account_customer_id TEXT,
  -- of an account: its own domain
  domain TEXT,
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
  -- orders up to as_of that were not called off or paid back
  order_count BIGINT,
  first_order_at TIMESTAMP,
  last_order_at TIMESTAMP,
  -- sum and mean of their amounts in the currency that the customer orders in most often
  lifetime_value DOUBLE,
  average_order_value DOUBLE,
  currency TEXT,
  -- 1 (lowest) to 5, fifths of the persons, or of the accounts, that ordered: how lately, how often, how much (of those of one
  -- currency). Equals have the same; null without orders
  recency_score BIGINT,
  frequency_score BIGINT,
  monetary_score BIGINT,
  -- opened up to as_of, and not closed then
  open_ticket_count BIGINT,
  -- as_of of the publication that said so first
  valid_from TIMESTAMP,
  -- as_of of the publication that said otherwise; null: still so
  valid_to TIMESTAMP,
  -- changed; merged (into another customer_id); deleted (no customer any more); null: still so
  closed_as TEXT,
  -- the run that wrote the row, or closed it
  run_id TEXT
);
