-- scratch.contact_terms
-- Grain: one row per contact point of which a country is stated, by a record that has it or by an address of that record: the
-- jurisdictions of `[consent]` there, comma-separated. Post has the customer's key.
WITH stated AS (
  SELECT record_key, country FROM silver.persons WHERE country IS NOT NULL
  UNION ALL
  SELECT record_key, country FROM silver.accounts WHERE country IS NOT NULL
  UNION ALL
  SELECT record_key, country FROM scratch.addresses WHERE record_key IS NOT NULL AND is_country_stated AND country IS NOT NULL
),
countries AS (
  SELECT DISTINCT record_key, consent_jurisdiction(country) AS jurisdiction FROM stated
),
places AS (
  SELECT p.contact_key, c.jurisdiction
  FROM scratch.contact_points AS p
  JOIN countries AS c ON c.record_key = p.record_key
  UNION ALL
  SELECT m.customer_key, c.jurisdiction
  FROM scratch.members AS m
  JOIN countries AS c ON c.record_key = m.record_key
)
SELECT contact_key, array_to_string(array_sort(array_agg(DISTINCT jurisdiction)), ',') AS jurisdictions
FROM places
GROUP BY contact_key
