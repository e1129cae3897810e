-- Invariant 5: every denied contact point is in the suppression file of its channel, also one that no customer has. Would come
-- about if a suppression file's SELECT joined customers.
WITH suppressed AS (
  SELECT 'email' AS channel, email AS contact_value FROM scratch.suppression_email
  UNION ALL
  SELECT 'sms', phone FROM scratch.suppression_sms
  UNION ALL
  SELECT 'phone', phone FROM scratch.suppression_phone
  UNION ALL
  SELECT 'ads', contact_value FROM scratch.suppression_ads
),
denied AS (
  SELECT DISTINCT channel, contact_value, contact_key
  FROM gold.customer_consents
  WHERE purpose = 'marketing' AND permission = 'denied' AND channel IN ('email', 'sms', 'phone', 'ads')
)
SELECT d.channel, d.contact_key
FROM denied AS d
LEFT ANTI JOIN suppressed AS s ON s.channel = d.channel AND s.contact_value = d.contact_value
UNION ALL
SELECT 'post', c.contact_key
FROM gold.customer_consents AS c
LEFT ANTI JOIN scratch.suppression_post AS s ON s.customer_id = c.customer_id
WHERE c.purpose = 'marketing' AND c.permission = 'denied' AND c.channel = 'post'
