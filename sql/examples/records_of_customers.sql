-- Which records, of how many systems, are one customer?
SELECT c.customer_id, d.display_name, count(*) AS records, count(DISTINCT c.source_system) AS systems,
  string_agg(concat(c.source_system, ':', c.source_record_id), ', ' ORDER BY c.source_system, c.source_record_id) AS which
FROM silver.crosswalk AS c
JOIN gold.dim_customer AS d ON d.customer_id = c.customer_id
GROUP BY c.customer_id, d.display_name
HAVING count(*) > 1
ORDER BY records DESC, c.customer_id
LIMIT 50
