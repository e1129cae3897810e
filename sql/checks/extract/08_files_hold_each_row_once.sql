-- Invariant 8: nothing is doubled: a customer is in an audience once, a record and a replaced id in the CRM's id map once, an
-- event once. Would come about if a crashed run's events were read, or a customer's addresses were not reduced to one.
SELECT 'audience_email' AS extract, customer_id AS key, count(*) AS rows_found
FROM scratch.audience_email
GROUP BY customer_id
HAVING count(*) > 1
UNION ALL
SELECT 'crm_id_map', concat('record_key ', record_key(entity, source_system, source_record_id)), count(*)
FROM scratch.crm_id_map
WHERE reason = 'current'
GROUP BY entity, source_system, source_record_id
HAVING count(*) > 1
UNION ALL
SELECT 'crm_id_map', old_customer_id, count(*)
FROM scratch.crm_id_map
WHERE reason <> 'current'
GROUP BY old_customer_id
HAVING count(*) > 1
UNION ALL
SELECT 'change_events', id, count(*)
FROM scratch.change_events
GROUP BY id
HAVING count(*) > 1
