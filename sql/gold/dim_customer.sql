-- gold.dim_customer
-- Grain: one row per customer, person or account.
WITH described AS (
  SELECT
    customer_id, 'person' AS entity, full_name AS display_name, given_name, family_name, email, phone,
    address_line1, address_line2, city, region, postcode, country,
    company_name, account_customer_id, CAST(NULL AS TEXT) AS domain,
    segment, lifecycle_stage, attributes, completeness_score, is_marketing_reachable, is_email_reachable, is_sms_reachable, tags,
    source_record_count, source_systems, first_activity_at, last_activity_at
  FROM gold.dim_person
  UNION ALL
  SELECT
    customer_id, 'account', coalesce(trading_name, legal_name), NULL AS given_name, NULL AS family_name, email, phone,
    address_line1, address_line2, city, region, postcode, country,
    legal_name, NULL, domain,
    segment, lifecycle_stage, attributes, completeness_score, is_marketing_reachable, is_email_reachable, is_sms_reachable, tags,
    source_record_count, source_systems, first_activity_at, last_activity_at
  FROM gold.dim_account
)
SELECT
  d.*,
  coalesce(m.order_count, 0) AS order_count,
  m.first_order_at, m.last_order_at, m.lifetime_value, m.average_order_value, m.currency,
  m.recency_score, m.frequency_score, m.monetary_score,
  coalesce(m.open_tickets, 0) AS open_ticket_count,
  $as_of AS as_of,
  $run_id AS run_id
FROM described AS d
LEFT JOIN scratch.metrics AS m ON m.customer_key = key_hash(d.customer_id)
