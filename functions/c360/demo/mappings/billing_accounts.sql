SELECT
  account_no AS source_record_id,
  account_name AS full_name,
  company_name,
  email,
  phone,
  street AS address_line1,
  unit AS address_line2,
  city,
  region,
  zip AS postcode,
  country_code AS country,
  customer_number,
  payment_method,
  modified_at AS updated_at
FROM input
