-- Only a display name, in whatever order people typed it: c360 takes full names apart.
SELECT
  user_id AS source_record_id,
  display_name AS full_name,
  email,
  phone,
  organization AS company_name,
  last_seen_at AS updated_at
FROM input
