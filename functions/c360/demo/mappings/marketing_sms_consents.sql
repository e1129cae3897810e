SELECT
  subscriber_id AS person_id,
  mobile AS phone,
  'marketing' AS purpose,
  'sms' AS channel,
  CASE sms_opt_in WHEN 'yes' THEN 'granted' WHEN 'no' THEN 'denied' END AS status,
  sms_opt_in_at AS stated_at,
  'consent' AS legal_basis,
  upper(country) AS jurisdiction
FROM input
WHERE sms_opt_in IS NOT NULL
