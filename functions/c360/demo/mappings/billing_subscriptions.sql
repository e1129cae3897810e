SELECT
  subscription_id AS source_record_id,
  account_no AS person_id,
  plan,
  status,
  started_at,
  ended_at,
  price AS amount,
  currency
FROM input
