-- What of a current person record takes part in comparisons, null = no evidence. A birth date that far more names share
-- than dates do on average is a placeholder that nobody listed.
WITH dates AS (
  SELECT birth_date, count(DISTINCT name_key) AS names
  FROM silver.persons
  WHERE birth_date IS NOT NULL
  GROUP BY birth_date
),
usual AS (
  SELECT avg(names) AS names FROM dates
),
shared_dates AS (
  SELECT dates.birth_date
  FROM dates CROSS JOIN usual
  WHERE dates.names > 10 AND dates.names > 10 * usual.names
),
points AS (
  SELECT
    record_key,
    array_to_string(array_sort(array_agg(match_value) FILTER (WHERE channel = 'email')), ' ') AS emails,
    array_to_string(array_sort(array_agg(match_value) FILTER (WHERE channel = 'phone')), ' ') AS phones
  FROM scratch.match_points
  WHERE entity = 'person'
  GROUP BY record_key
)
SELECT
  person.record_key,
  person.source_system,
  person.source_record_id,
  person.name_key,
  person.given_key,
  person.family_key,
  person.name_suffix,
  CASE WHEN shared_dates.birth_date IS NULL THEN person.birth_date END AS birth_date,
  person.country,
  person.company_key,
  person.address_key,
  person.customer_number,
  replace(folded(person.middle_name), ' ', '') AS middle_key,
  CASE
    WHEN lower(person.gender) IN ('m', 'male', 'man', 'männlich') THEN 'm'
    WHEN lower(person.gender) IN ('f', 'female', 'w', 'woman', 'weiblich') THEN 'f'
  END AS gender_key,
  points.emails,
  points.phones,
  person.company_domain AS domain,
  nullif(split_part(person.address_key, '|', 1), '') AS street_key,
  postcode_form(person.postcode) AS postcode_key,
  folded(person.city) AS city_key,
  person.national_id,
  person.national_id_near,
  phonetic(person.given_key) AS given_sound,
  phonetic(person.family_key) AS family_sound
FROM silver.persons AS person
LEFT JOIN points ON points.record_key = person.record_key
LEFT JOIN shared_dates ON shared_dates.birth_date = person.birth_date
