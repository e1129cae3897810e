-- `timestamp` is also a type's name, so it is quoted.
SELECT event_id AS source_record_id, app_user_id AS person_id, "timestamp" AS occurred_at, event_type AS kind,
       'app' AS channel, properties AS detail
FROM input
