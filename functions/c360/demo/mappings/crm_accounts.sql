SELECT
  account_id AS source_record_id,
  account_name AS legal_name,
  trading_name,
  tax_id,
  website,
  phone,
  billing_street AS address_line1,
  billing_city AS city,
  billing_state AS region,
  billing_postal_code AS postcode,
  billing_country AS country,
  industry,
  employees AS employee_count,
  last_modified_at AS updated_at
FROM input
