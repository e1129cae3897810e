-- scratch.measured_customers
-- Grain: one row per group of customers (all; of an entity, a segment, a source system): what the KPIs are made of.
WITH in_groups AS (
  SELECT 'all' AS scope, 'all' AS scope_value, customer_id, source_record_count AS records FROM gold.dim_customer
  UNION ALL
  SELECT 'entity', entity, customer_id, source_record_count FROM gold.dim_customer
  UNION ALL
  SELECT 'segment', s.segment, s.customer_id, c.source_record_count
  FROM gold.customer_segments AS s
  JOIN gold.dim_customer AS c ON c.customer_id = s.customer_id
  UNION ALL
  -- of a source system: the records of that system alone
  SELECT 'source_system', m.source_system, m.customer_id, count(*)
  FROM scratch.members AS m
  LEFT SEMI JOIN gold.dim_customer AS c ON c.customer_id = m.customer_id
  GROUP BY m.source_system, m.customer_id
),
-- Records of one person have one birth date, those of one account one tax id: two of them are a slip, or two customers.
stated AS (
  SELECT record_key, CAST(birth_date AS TEXT) AS stated FROM silver.persons WHERE birth_date IS NOT NULL
  UNION ALL
  SELECT record_key, tax_id FROM silver.accounts WHERE tax_id IS NOT NULL
),
contradicted AS (
  SELECT m.customer_id
  FROM stated AS s
  JOIN scratch.members AS m ON m.record_key = s.record_key
  GROUP BY m.customer_id
  HAVING min(s.stated) <> max(s.stated)
),
asked AS (
  SELECT DISTINCT customer_id
  FROM gold.customer_consents
  WHERE purpose = 'marketing' AND permission IN ('granted', 'denied') AND customer_id IS NOT NULL
)
SELECT
  g.scope, g.scope_value,
  count(*) AS customers,
  CAST(sum(g.records) AS BIGINT) AS records,
  max(g.records) AS largest,
  count(x.customer_id) AS contradicted,
  -- a sum of decimals is the same in any order
  CAST(sum(CAST(c.completeness_score AS DECIMAL(38, 9))) AS DOUBLE) AS completeness,
  count(c.email) AS with_email,
  count(c.phone) AS with_phone,
  count(c.address_line1) AS with_address,
  count(a.customer_id) AS asked,
  count(CASE WHEN c.is_email_reachable THEN 1 END) AS email_reachable,
  count(CASE WHEN c.is_sms_reachable THEN 1 END) AS sms_reachable,
  count(CASE WHEN c.is_marketing_reachable THEN 1 END) AS marketing_reachable
FROM in_groups AS g
JOIN gold.dim_customer AS c ON c.customer_id = g.customer_id
LEFT JOIN contradicted AS x ON x.customer_id = g.customer_id
LEFT JOIN asked AS a ON a.customer_id = g.customer_id
GROUP BY g.scope, g.scope_value
