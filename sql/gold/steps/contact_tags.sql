-- scratch.contact_tags
-- Grain: one row per contact point with a tag: what must not be done with it.
SELECT d.contact_key, array_to_string(array_sort(array_agg(DISTINCT t.tag)), ',') AS tags
FROM scratch.permissions AS d
JOIN scratch.denial_tags AS t ON t.purpose = d.purpose AND t.channel = d.channel
WHERE d.permission = 'denied'
  -- who is not sold is not targeted; that is no word on profiling
  AND NOT (d.is_unsold AND d.purpose = 'profiling')
GROUP BY d.contact_key
