SELECT email, 'marketing' AS purpose, 'email' AS channel, status, stated_at, 'form' AS evidence
FROM input
