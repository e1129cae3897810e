SELECT
  interaction_id AS source_record_id,
  user_id AS person_id,
  occurred_at,
  kind,
  channel,
  detail
FROM input
