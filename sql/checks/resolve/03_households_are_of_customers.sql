-- Invariant 3, of households: two or more current people each, and nobody in two. Violated by a household that kept a customer
-- who was merged into another, or whom a tie no longer holds.
WITH people AS (
  SELECT DISTINCT customer_id FROM silver.crosswalk WHERE entity = 'person'
)
SELECT household.household_id, household.customer_id, 'is no current person' AS problem
FROM silver.households AS household
LEFT ANTI JOIN people ON people.customer_id = household.customer_id
UNION ALL
SELECT min(household_id) AS household_id, customer_id, 'is in several' AS problem
FROM silver.households
GROUP BY customer_id
HAVING count(*) > 1
UNION ALL
SELECT household_id, min(customer_id) AS customer_id, 'is alone' AS problem
FROM silver.households
GROUP BY household_id
HAVING count(DISTINCT customer_id) < 2
