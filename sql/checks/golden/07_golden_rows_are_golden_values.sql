-- Invariant 7: what a dimension shows is what gold.golden_values can explain. Would come about if a dimension computed a
-- value of its own, or put a name or an address together from several records.
WITH shown AS (
  SELECT customer_id, 'email' AS attribute, email AS value FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'phone', phone FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'country', country FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'domain', domain FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'account_customer_id', account_customer_id FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'lifecycle_stage', lifecycle_stage FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'segment', segment FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, CASE entity WHEN 'person' THEN 'company_name' ELSE 'legal_name' END, company_name FROM gold.dim_customer
  UNION ALL
  SELECT customer_id, 'name', full_name FROM gold.dim_person
  UNION ALL
  SELECT customer_id, 'birth_date', CAST(birth_date AS TEXT) FROM gold.dim_person
  UNION ALL
  SELECT customer_id, 'gender', gender FROM gold.dim_person
  UNION ALL
  SELECT customer_id, 'customer_number', customer_number FROM gold.dim_person
  UNION ALL
  SELECT customer_id, 'national_id', national_id FROM gold.dim_person
  UNION ALL
  SELECT customer_id, 'tax_id', tax_id FROM gold.dim_person
  UNION ALL
  SELECT customer_id, 'legal_name', legal_name FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'trading_name', trading_name FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'website', website FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'tax_id', tax_id FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'duns', duns FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'lei', lei FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'registration_number', registration_number FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'industry', industry FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'employee_count', CAST(employee_count AS TEXT) FROM gold.dim_account
  UNION ALL
  SELECT customer_id, 'customer_number', customer_number FROM gold.dim_account
),
-- An address is one value. Where it names no country, the dimension shows the one that survived on its own.
addresses AS (
  SELECT
    customer_id, country,
    concat_ws(', ', address_line1, address_line2, city, nullif(concat_ws(' ', region, postcode), '')) AS parts
  FROM gold.dim_customer
  WHERE coalesce(address_line1, address_line2, city, region, postcode) IS NOT NULL
)
SELECT s.customer_id, s.attribute
FROM shown AS s
LEFT ANTI JOIN gold.golden_values AS v ON v.customer_id = s.customer_id AND v.attribute = s.attribute AND v.value = s.value
WHERE s.value IS NOT NULL
UNION ALL
SELECT a.customer_id, 'address'
FROM addresses AS a
LEFT JOIN gold.golden_values AS v ON v.customer_id = a.customer_id AND v.attribute = 'address'
WHERE v.value IS NULL OR v.value NOT IN (a.parts, concat_ws(', ', a.parts, a.country))
UNION ALL
-- the parts of a name are those of the record that the name came from
SELECT p.customer_id, 'parts of the name'
FROM gold.dim_person AS p
LEFT JOIN gold.golden_values AS v ON v.customer_id = p.customer_id AND v.attribute = 'name'
LEFT JOIN silver.persons AS r ON r.record_key = v.record_key
WHERE (p.given_name IS DISTINCT FROM r.given_name)
  OR (p.middle_name IS DISTINCT FROM r.middle_name)
  OR (p.family_name IS DISTINCT FROM r.family_name)
  OR (p.name_suffix IS DISTINCT FROM r.name_suffix)
