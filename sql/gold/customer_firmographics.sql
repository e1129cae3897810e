-- gold.customer_firmographics
-- Grain: one row per customer that is an account and record of a firmographics feed about its own domain.
WITH versions AS (
  SELECT
    v.source_system, v.source_record_id, v.domain, v.legal_name, v.industry, v.employee_count, v.annual_revenue, v.currency,
    v.country, v.updated_at, v.attributes, v.is_deleted,
    row_number() OVER (
      PARTITION BY v.record_key
      ORDER BY v.updated_at DESC NULLS LAST, f.extracted_at DESC NULLS LAST, v.row_hash DESC, v.file_key, v.source_row
    ) AS place
  FROM silver.firmographics AS v
  JOIN scratch.active_files AS f ON f.file_key = v.file_key
),
-- a page at facebook.com is not Facebook's, nor is its accountant's e-mail address a company's
domains AS (
  SELECT DISTINCT m.customer_key, a.domain
  FROM scratch.members AS m
  JOIN silver.accounts AS a ON a.record_key = m.record_key
  WHERE m.entity = 'account' AND a.is_own_domain
)
SELECT
  k.customer_id, v.domain, v.legal_name, v.industry, v.employee_count, v.annual_revenue, v.currency, v.country, v.attributes,
  v.source_system, v.source_record_id, v.updated_at,
  $run_id AS run_id
FROM versions AS v
JOIN domains AS d ON d.domain = v.domain
JOIN scratch.customers AS k ON k.customer_key = d.customer_key
WHERE v.place = 1 AND NOT v.is_deleted
