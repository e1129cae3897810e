SELECT
  contact_id AS source_record_id,
  first_name AS given_name,
  last_name AS family_name,
  birthdate AS birth_date,
  email,
  phone,
  street AS address_line1,
  city,
  state AS region,
  zip AS postcode,
  company AS company_name,
  modified_at AS updated_at
FROM input
