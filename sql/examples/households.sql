-- Which households order most, all members together?
SELECT household_id, name, person_count, city, order_count, lifetime_value, currency, is_marketing_reachable
FROM gold.dim_household
ORDER BY lifetime_value DESC NULLS LAST, household_id
LIMIT 50
