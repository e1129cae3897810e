-- scratch.contact_terms
-- Grain: one row per contact point of which a country is stated: the jurisdictions of `[consent]` in which records live that have
-- it, comma-separated. Post has the customer's key.
WITH countries AS (
  SELECT record_key, consent_jurisdiction(country) AS jurisdiction FROM silver.persons WHERE country IS NOT NULL
  UNION ALL
  SELECT record_key, consent_jurisdiction(country) FROM silver.accounts WHERE country IS NOT NULL
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
WHERE jurisdiction IS NOT NULL
GROUP BY contact_key
