-- The same file once more: what was said about e-mail. Pending is no consent.
SELECT
  subscriber_id AS person_id,
  email,
  'marketing' AS purpose,
  'email' AS channel,
  CASE status WHEN 'subscribed' THEN 'granted' WHEN 'unsubscribed' THEN 'withdrawn' ELSE 'pending' END AS status,
  status_at AS stated_at
FROM input
