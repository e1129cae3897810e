-- The CRM knows who opted out. That nobody ticked the box is no consent, so the other rows say nothing: WHERE filters
-- them, and the run's report counts them as filtered.
-- The statement names only the record: a denial then binds every e-mail of its customer.
SELECT
  contact_id AS person_id,
  'marketing' AS purpose,
  'email' AS channel,
  'denied' AS status,
  email_opt_out_at AS stated_at
FROM input
WHERE email_opt_out = 'true'
