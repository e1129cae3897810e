-- gold.dim_customer
-- Grain: one row per customer, person or account.
SELECT
  customer_id, 'person' AS entity, full_name AS display_name, given_name, family_name, email, phone,
  address_line1, address_line2, city, region, postcode, country,
  company_name, account_customer_id, CAST(NULL AS TEXT) AS domain,
  segment, lifecycle_stage, completeness_score, is_marketing_reachable, tags, source_record_count, source_systems,
  first_activity_at, last_activity_at, as_of, run_id
FROM gold.dim_person
UNION ALL
SELECT
  customer_id, 'account', coalesce(trading_name, legal_name), NULL AS given_name, NULL AS family_name, email, phone,
  address_line1, address_line2, city, region, postcode, country,
  legal_name, NULL, domain,
  segment, lifecycle_stage, completeness_score, is_marketing_reachable, tags, source_record_count, source_systems,
  first_activity_at, last_activity_at, as_of, run_id
FROM gold.dim_account
