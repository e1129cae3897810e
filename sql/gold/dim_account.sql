-- gold.dim_account
-- Grain: one row per customer that is an account: the survivors, side by side.
WITH golden AS (
  SELECT
    customer_key,
    max(value) FILTER (WHERE attribute = 'legal_name') AS legal_name,
    max(value) FILTER (WHERE attribute = 'trading_name') AS trading_name,
    max(value) FILTER (WHERE attribute = 'domain') AS domain,
    max(value) FILTER (WHERE attribute = 'website') AS website,
    max(value) FILTER (WHERE attribute = 'email') AS email,
    max(value) FILTER (WHERE attribute = 'phone') AS phone,
    max(value) FILTER (WHERE attribute = 'tax_id') AS tax_id,
    max(value) FILTER (WHERE attribute = 'duns') AS duns,
    max(value) FILTER (WHERE attribute = 'lei') AS lei,
    max(value) FILTER (WHERE attribute = 'registration_number') AS registration_number,
    max(value) FILTER (WHERE attribute = 'industry') AS industry,
    max(value) FILTER (WHERE attribute = 'employee_count') AS employee_count,
    max(value) FILTER (WHERE attribute = 'customer_number') AS customer_number,
    max(value) FILTER (WHERE attribute = 'segment') AS segment,
    max(value) FILTER (WHERE attribute = 'lifecycle_stage') AS lifecycle_stage
  FROM scratch.survivors
  WHERE entity = 'account'
  GROUP BY customer_key
)
SELECT
  k.customer_id,
  golden.legal_name, golden.trading_name, golden.domain, golden.website, golden.email, golden.phone,
  a.address_line1, a.address_line2, a.city, a.region, a.postcode, c.value AS country,
  golden.tax_id, golden.duns, golden.lei, golden.registration_number, golden.industry,
  CAST(golden.employee_count AS BIGINT) AS employee_count,
  golden.customer_number,
  golden.segment, golden.lifecycle_stage, custom.attributes,
  (
    w.legal_name * CAST(golden.legal_name IS NOT NULL AS DOUBLE) +
    w.domain * CAST(golden.domain IS NOT NULL AS DOUBLE) +
    w.phone * CAST(golden.phone IS NOT NULL AS DOUBLE) +
    w.address * CAST(a.address_line1 IS NOT NULL AS DOUBLE) +
    w.country * CAST(c.value IS NOT NULL AS DOUBLE) +
    w.registered_number *
      CAST(coalesce(golden.tax_id, golden.duns, golden.lei, golden.registration_number) IS NOT NULL AS DOUBLE) +
    w.industry * CAST(golden.industry IS NOT NULL AS DOUBLE)
  ) / w.total AS completeness_score,
  r.customer_key IS NOT NULL AS is_marketing_reachable,
  coalesce(r.by_email, false) AS is_email_reachable,
  coalesce(r.by_sms, false) AS is_sms_reachable,
  tags.tags,
  k.source_record_count, k.source_systems,
  activity.first_activity_at, activity.last_activity_at,
  $as_of AS as_of,
  $run_id AS run_id
FROM scratch.customers AS k
JOIN golden ON golden.customer_key = k.customer_key
CROSS JOIN config.account_weights AS w
LEFT JOIN scratch.golden_addresses AS a ON a.customer_key = k.customer_key
LEFT JOIN scratch.golden_countries AS c ON c.customer_key = k.customer_key
LEFT JOIN scratch.custom_attributes AS custom ON custom.customer_key = k.customer_key
LEFT JOIN scratch.customer_tags AS tags ON tags.customer_key = k.customer_key
LEFT JOIN scratch.reachable_customers AS r ON r.customer_key = k.customer_key
LEFT JOIN scratch.activity AS activity ON activity.customer_key = k.customer_key
WHERE k.is_customer
