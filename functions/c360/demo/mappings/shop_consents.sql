-- The box at the checkout. The statement names the e-mail, so it binds that e-mail whoever else uses it.
SELECT
  customer_id AS person_id,
  email,
  'marketing' AS purpose,
  'email' AS channel,
  CASE WHEN accepts_marketing THEN 'granted' ELSE 'denied' END AS status,
  accepts_marketing_updated_at AS stated_at,
  'checkout box' AS evidence,
  'consent' AS legal_basis
FROM input
WHERE email IS NOT NULL
