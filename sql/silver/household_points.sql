-- scratch.household_points
-- Grain: one row per person customer and contact point that may be its own: neither a company's nor a role's (those have no match
-- value).
WITH people AS (
  SELECT
    crosswalk.customer_id,
    person.record_key,
    -- who states a company may have its phone
    person.company_key IS NULL AND person.account_id IS NULL AS is_private
  FROM silver.crosswalk AS crosswalk
  JOIN silver.persons AS person ON person.record_key = crosswalk.record_key
  WHERE crosswalk.entity = 'person'
),
company_domains AS (
  SELECT DISTINCT domain FROM silver.accounts WHERE domain IS NOT NULL
)
SELECT DISTINCT people.customer_id, point.channel, point.match_value
FROM scratch.match_points AS point
JOIN people ON people.record_key = point.record_key
LEFT ANTI JOIN scratch.match_points AS company
  ON company.entity = 'account' AND company.channel = point.channel AND company.match_value = point.match_value
LEFT ANTI JOIN company_domains ON company_domains.domain = split_part(point.match_value, '@', 2)
WHERE point.entity = 'person' AND people.is_private
