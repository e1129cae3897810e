-- audience_email.csv: whom marketing may write to.
-- Grain: one row per customer with an e-mail address of which marketing by e-mail is granted: the golden one, else the one
-- that is primary, was verified last, comes first in the alphabet.
WITH placed AS (
  SELECT
    p.customer_id, p.value,
    row_number() OVER (
      PARTITION BY p.customer_id
      ORDER BY p.is_golden DESC, p.is_primary DESC, p.verified_at DESC NULLS LAST, p.value
    ) AS place
  FROM gold.customer_contact_points AS p
  JOIN gold.customer_consents AS c ON c.customer_id = p.customer_id AND c.contact_key = p.contact_key
  WHERE p.channel = 'email' AND c.channel = 'email' AND c.purpose = 'marketing' AND c.permission = 'granted'
)
SELECT
  d.customer_id, p.value AS email, d.entity, d.display_name, d.given_name, d.family_name, d.city, d.region, d.country,
  d.company_name, d.segment, d.lifecycle_stage
FROM placed AS p
JOIN gold.dim_customer AS d ON d.customer_id = p.customer_id
WHERE p.place = 1
