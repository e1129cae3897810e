-- gold.golden_values
-- Grain: one row per customer and attribute, with source record and rule.
WITH golden AS (
  SELECT customer_key, entity, attribute, value, record_key, role, rule
  FROM scratch.survivors
  WHERE attribute <> 'country'
  UNION ALL
  SELECT customer_key, entity, 'country' AS attribute, value, record_key, role, rule
  FROM scratch.golden_countries
  UNION ALL
  -- whom a person works for: the role is how the record leads there, the best of them first
  SELECT
    customer_key,
    'person' AS entity,
    'account_customer_id' AS attribute,
    account_customer_id AS value,
    record_key,
    rule AS role,
    'account_id > email_domain > company_name; most_recent' AS rule
  FROM scratch.person_accounts
)
SELECT
  g.entity, k.customer_id, g.attribute, g.value,
  coalesce(m.source_system, 'c360') AS source_system,
  coalesce(m.source_record_id, k.customer_id) AS source_record_id,
  g.record_key, g.role, g.rule,
  $run_id AS run_id
FROM golden AS g
JOIN scratch.customers AS k ON k.customer_key = g.customer_key
LEFT JOIN scratch.members AS m ON m.record_key = g.record_key
WHERE k.is_customer
