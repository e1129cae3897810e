-- Invariant 9: change events are passed on and logged, so they carry keys only. Would come about if a value were added to an
-- event, or an id were built from one: our ids hold no @ and no run of seven digits after a plus.
SELECT event_id
FROM gold.change_events
WHERE concat_ws(' ', customer_id, old_customer_id, new_customer_id, event_type) LIKE '%@%'
  OR regexp_like(concat_ws(' ', customer_id, old_customer_id, new_customer_id, event_type), '\+[0-9]{7}')
