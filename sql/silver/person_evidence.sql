-- What comparisons look at, packed into one column, in their order.
SELECT
  record_key,
  person_evidence(
    given_key,
    family_key,
    middle_key,
    name_suffix,
    to_char(birth_date, '%Y%m%d'),
    gender_key,
    emails,
    phones,
    street_key,
    postcode_key,
    city_key,
    country,
    company_key,
    CASE WHEN national_id IS NOT NULL THEN concat_ws(' ', national_id, national_id_near) END,
    customer_number,
    domain
  ) AS evidence
FROM scratch.comparable_persons
