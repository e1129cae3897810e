-- One SELECT from `input` (the file's row) to c360's column names, in DataFusion SQL. Row by row: expressions, CASE and
-- WHERE are fine; joins, aggregates, now() and random() are not. `c360 check` tells you what it finds wrong.
--
-- Columns of a person: source_record_id (required), full_name or given_name, middle_name, family_name, name_suffix,
-- birth_date, gender, email, phone, address_line1, address_line2, city, region, postcode, country, customer_number,
-- national_id, tax_id, account_id, company_name, updated_at, is_deleted, verified_at.
-- Any further column is kept as an attribute under its own name.
SELECT
  id AS source_record_id,        -- the record's id in its own system
  first_name AS given_name,
  last_name AS family_name,
  email,                         -- cleaned and checked by c360; what you send is kept beside it
  phone,
  company AS company_name,
  street AS address_line1,
  city,
  state AS region,
  zip AS postcode,
  changed_at AS updated_at       -- of two rows with one id, the newer wins
FROM input
-- WHERE id NOT LIKE 'TEST%'     -- rows you do not want; the run counts them as filtered
