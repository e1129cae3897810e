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
  person.customer_number
FROM silver.persons AS person
LEFT JOIN shared_dates ON shared_dates.birth_date = person.birth_date
