SELECT id AS source_record_id, first_name AS given_name, last_name AS family_name, email, phone, updated_at
FROM input
