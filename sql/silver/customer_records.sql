-- scratch.customer_records
-- Grain: one row per current record, with what the customer that it belongs to did: what the predicates of [customers] in c360.toml
-- see.
WITH records AS (
  SELECT
    'person' AS entity, record_key, source_system, source_role, feed, source_record_id, updated_at, verified_at, tags, attributes,
    full_name, given_name, family_name, birth_date, national_id, account_id, company_name,
    CAST(NULL AS TEXT) AS legal_name, CAST(NULL AS TEXT) AS trading_name, CAST(NULL AS TEXT) AS domain,
    CAST(NULL AS TEXT) AS website, CAST(NULL AS TEXT) AS duns, CAST(NULL AS TEXT) AS lei,
    CAST(NULL AS TEXT) AS registration_number, CAST(NULL AS TEXT) AS industry, CAST(NULL AS BIGINT) AS employee_count,
    email, phone, address_line1, address_line2, city, region, postcode, country, customer_number, tax_id
  FROM silver.persons
  UNION ALL
  SELECT
    'account', record_key, source_system, source_role, feed, source_record_id, updated_at, NULL, tags, attributes,
    NULL, NULL, NULL, NULL, NULL, NULL, NULL,
    legal_name, trading_name, domain, website, duns, lei, registration_number, industry, employee_count,
    email, phone, address_line1, address_line2, city, region, postcode, country, customer_number, tax_id
  FROM silver.accounts
),
facts AS (
  SELECT
    customer_id,
    count(*) FILTER (WHERE fact = 'order') AS orders,
    sum(amount) FILTER (WHERE fact = 'order') AS spend,
    max(happened_at) FILTER (WHERE fact = 'order') AS last_order_at,
    count(*) FILTER (WHERE fact = 'ticket') AS tickets
  FROM scratch.owned_facts
  GROUP BY customer_id
)
SELECT
  records.*,
  coalesce(facts.orders, 0) AS orders,
  -- amounts as stated, whatever the currency
  coalesce(facts.spend, 0.0) AS spend,
  facts.last_order_at,
  coalesce(facts.tickets, 0) AS tickets,
  -- the time of the run: a predicate that names it is asked again every day
  $as_of AS as_of
FROM records
JOIN silver.crosswalk AS crosswalk ON crosswalk.record_key = records.record_key
LEFT JOIN facts ON facts.customer_id = crosswalk.customer_id
