-- A file may serve several feeds; this one takes from marketing's list what was said about e-mail.
-- Pending (no double opt-in yet) is no consent, and a bounced mailbox says nothing.
SELECT
  subscriber_id AS person_id,
  email,
  'marketing' AS purpose,
  'email' AS channel,
  CASE email_status WHEN 'subscribed' THEN 'granted' WHEN 'unsubscribed' THEN 'withdrawn' ELSE 'pending' END AS status,
  email_status_at AS stated_at,
  consent_evidence AS evidence,
  'consent' AS legal_basis,
  upper(country) AS jurisdiction
FROM input
WHERE email_status <> 'bounced'
