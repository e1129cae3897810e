-- scratch.reachable
-- Grain: one row per contact point that marketing may use, over at least one channel.
SELECT contact_key, bool_or(channel = 'email') AS by_email, bool_or(channel = 'sms') AS by_sms, bool_or(channel = 'phone') AS by_phone
FROM scratch.permissions
WHERE purpose = 'marketing' AND permission = 'granted' AND channel IN ('email', 'sms', 'phone')
GROUP BY contact_key
