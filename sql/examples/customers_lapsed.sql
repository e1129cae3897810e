-- Who bought often and has not for half a year? A list for a campaign is an extract, which minds consent; this is a count.
SELECT country, lifecycle_stage, count(*) AS customers, round(sum(lifetime_value), 2) AS lifetime_value
FROM gold.dim_customer
WHERE order_count >= 3 AND last_order_at < as_of - INTERVAL '180 days'
GROUP BY country, lifecycle_stage
ORDER BY customers DESC, country, lifecycle_stage
