-- scratch.reachable
-- Grain: one row per contact point that marketing may use, over at least one channel. A text needs a number that can take one.
SELECT
  d.contact_key,
  bool_or(d.channel = 'email') AS by_email,
  bool_or(d.channel = 'sms' AND m.contact_key IS NOT NULL) AS by_sms,
  bool_or(d.channel = 'phone') AS by_phone
FROM scratch.permissions AS d
LEFT JOIN (
  SELECT DISTINCT contact_key FROM scratch.contact_points WHERE number_type IN ('mobile', 'fixed_line_or_mobile')
) AS m ON m.contact_key = d.contact_key
WHERE d.purpose = 'marketing' AND d.permission = 'granted' AND d.channel IN ('email', 'sms', 'phone')
GROUP BY d.contact_key
