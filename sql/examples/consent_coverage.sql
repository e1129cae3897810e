-- Of how many customers do we know what marketing may do, by channel?
SELECT c.channel, c.permission, count(DISTINCT c.customer_id) AS customers,
  round(100.0 * count(DISTINCT c.customer_id) / (SELECT count(*) FROM gold.dim_customer), 1) AS percent_of_all
FROM gold.customer_consents AS c
JOIN gold.dim_customer AS d ON d.customer_id = c.customer_id
WHERE c.purpose = 'marketing'
GROUP BY c.channel, c.permission
ORDER BY c.channel, c.permission
