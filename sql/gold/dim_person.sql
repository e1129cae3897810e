-- gold.dim_person
-- Grain: one row per customer that is a person: the survivors, side by side.
WITH golden AS (
  SELECT
    customer_key,
    max(record_key) FILTER (WHERE attribute = 'name') AS name_record_key,
    max(value) FILTER (WHERE attribute = 'birth_date') AS birth_date,
    max(value) FILTER (WHERE attribute = 'gender') AS gender,
    max(value) FILTER (WHERE attribute = 'email') AS email,
    max(value) FILTER (WHERE attribute = 'phone') AS phone,
    max(value) FILTER (WHERE attribute = 'customer_number') AS customer_number,
    max(value) FILTER (WHERE attribute = 'national_id') AS national_id,
    max(value) FILTER (WHERE attribute = 'tax_id') AS tax_id,
    max(value) FILTER (WHERE attribute = 'company_name') AS company_name,
    max(value) FILTER (WHERE attribute = 'segment') AS segment,
    max(value) FILTER (WHERE attribute = 'lifecycle_stage') AS lifecycle_stage
  FROM scratch.survivors
  WHERE entity = 'person'
  GROUP BY customer_key
)
SELECT
  k.customer_id,
  name.full_name, name.given_name, name.middle_name, name.family_name, name.name_suffix,
  CAST(golden.birth_date AS DATE) AS birth_date,
  golden.gender, golden.email, golden.phone,
  a.address_line1, a.address_line2, a.city, a.region, a.postcode, c.value AS country,
  golden.customer_number, golden.national_id, golden.tax_id, golden.company_name,
  employer.account_customer_id,
  golden.segment, golden.lifecycle_stage, custom.attributes,
  (
    w.given_name * CAST(name.given_name IS NOT NULL AS DOUBLE) +
    w.family_name * CAST(name.family_name IS NOT NULL AS DOUBLE) +
    w.email * CAST(golden.email IS NOT NULL AS DOUBLE) +
    w.phone * CAST(golden.phone IS NOT NULL AS DOUBLE) +
    w.address * CAST(a.address_line1 IS NOT NULL AS DOUBLE) +
    w.country * CAST(c.value IS NOT NULL AS DOUBLE) +
    w.birth_date * CAST(golden.birth_date IS NOT NULL AS DOUBLE)
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
CROSS JOIN config.person_weights AS w
LEFT JOIN silver.persons AS name ON name.record_key = golden.name_record_key
LEFT JOIN scratch.person_accounts AS employer ON employer.customer_key = k.customer_key
LEFT JOIN scratch.golden_addresses AS a ON a.customer_key = k.customer_key
LEFT JOIN scratch.golden_countries AS c ON c.customer_key = k.customer_key
LEFT JOIN scratch.custom_attributes AS custom ON custom.customer_key = k.customer_key
LEFT JOIN scratch.customer_tags AS tags ON tags.customer_key = k.customer_key
LEFT JOIN scratch.reachable_customers AS r ON r.customer_key = k.customer_key
LEFT JOIN scratch.activity AS activity ON activity.customer_key = k.customer_key
WHERE k.is_customer
