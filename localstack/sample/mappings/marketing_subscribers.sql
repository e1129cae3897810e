SELECT subscriber_id AS source_record_id, first_name AS given_name, last_name AS family_name, email, status_at AS updated_at
FROM input
