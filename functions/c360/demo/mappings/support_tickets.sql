SELECT
  ticket_id AS source_record_id,
  requester_id AS person_id,
  opened_at,
  closed_at,
  status,
  priority,
  subject
FROM input
