-- Numbers that an agent reached the user on.
SELECT
  user_id AS person_id,
  'support' AS kind,
  'phone' AS channel,
  phone AS value,
  phone_confirmed_at AS verified_at
FROM input
WHERE phone_confirmed_at IS NOT NULL
