SELECT support_user_id AS source_record_id, display_name AS full_name, email, phone, company AS company_name,
       last_seen_at AS updated_at
FROM input
