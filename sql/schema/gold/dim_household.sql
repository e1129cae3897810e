-- gold.dim_household
-- Grain: one row per household: two or more persons who live together or share a contact point. Nobody is merged by it.
CREATE TABLE gold.dim_household (
  household_id TEXT,
  -- the family name that most of them have
  name TEXT,
  person_count BIGINT,
  -- comma-separated, sorted; each is in gold.dim_person
  person_customer_ids TEXT,
  -- what ties them, comma-separated: address, email, phone
  evidence TEXT,
  -- the address that most of them have
  address_line1 TEXT,
  address_line2 TEXT,
  city TEXT,
  region TEXT,
  postcode TEXT,
  -- ISO 3166-1 alpha-2
  country TEXT,
  -- of all of them
  order_count BIGINT,
  first_order_at TIMESTAMP,
  last_order_at TIMESTAMP,
  -- null where they order in several currencies
  lifetime_value DOUBLE,
  currency TEXT,
  -- marketing may write to one of them at least
  is_marketing_reachable BOOLEAN,
  as_of TIMESTAMP,
  run_id TEXT
);
