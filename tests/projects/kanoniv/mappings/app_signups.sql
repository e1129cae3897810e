-- `is_verified` says that the e-mail was clicked at signup: its time is when the account was made.
SELECT app_user_id AS source_record_id, first_name AS given_name, last_name AS family_name, email,
       CASE WHEN is_verified = 'true' THEN created_at END AS verified_at,
       signup_source, device_type, last_login_at AS updated_at
FROM input
