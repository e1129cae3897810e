-- A mapping is one SELECT from `input`, a row of the file, to our column names. Every CSV column arrives as text, an
-- empty one as NULL; dates, times, amounts and true/false are read from text by c360, so no cast is needed.
SELECT
  contact_id AS source_record_id,
  first_name AS given_name,
  middle_name,
  last_name AS family_name,
  suffix AS name_suffix,
  birthdate AS birth_date,
  email,
  -- A list: the contact is found by either number.
  make_array(phone, mobile_phone) AS phone,
  mailing_street AS address_line1,
  mailing_unit AS address_line2,
  mailing_city AS city,
  mailing_state AS region,
  mailing_postal_code AS postcode,
  mailing_country AS country,
  -- The CRM's own link from contact to company; where it is missing, the name or the e-mail's domain may tell.
  account_id,
  company AS company_name,
  -- Any column that c360 does not know is kept as an attribute under its own name.
  title AS job_title,
  lead_source,
  last_modified_at AS updated_at,
  verified_at
FROM input
