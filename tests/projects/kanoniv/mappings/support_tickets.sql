-- Some were resolved before they were created; that is how the source has it.
SELECT ticket_id AS source_record_id, support_user_id AS person_id, created_at AS opened_at, resolved_at AS closed_at,
       status, priority, subject
FROM input
