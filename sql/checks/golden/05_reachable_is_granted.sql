-- Invariant 5: nobody is reachable for marketing without a granted contact point. Would come about if dim_customer and
-- customer_consents were decided from different statements.
SELECT d.customer_id
FROM gold.dim_customer AS d
LEFT ANTI JOIN (
  SELECT DISTINCT c.customer_id
  FROM gold.customer_consents AS c
  JOIN gold.customer_contact_points AS p ON p.customer_id = c.customer_id AND p.contact_key = c.contact_key
  WHERE c.purpose = 'marketing' AND c.permission = 'granted' AND c.channel IN ('email', 'sms')
) AS g ON g.customer_id = d.customer_id
WHERE d.is_marketing_reachable
