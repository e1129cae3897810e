SELECT
  subscriber_id AS person_id,
  topic AS name,
  choice AS value,
  changed_at AS updated_at
FROM input
