-- scratch.customer_tags
-- Grain: one row per customer with a tag: a channel that is denied for every contact point which it reaches; selling and profiling
-- where they are denied for any that ads reach, or by post where ads reach none.
WITH reached AS (
  SELECT customer_key, channel, count(*) AS points
  FROM scratch.customer_points
  GROUP BY customer_key, channel
),
denied AS (
  SELECT p.customer_key, d.purpose, d.channel, t.tag, count(*) AS points
  FROM scratch.permissions AS d
  JOIN scratch.denial_tags AS t ON t.purpose = d.purpose AND t.channel = d.channel
  JOIN scratch.customer_points AS p ON p.contact_key = d.contact_key AND p.channel = d.channel
  WHERE d.permission = 'denied'
    -- who is not sold is not targeted; that is no word on profiling
    AND NOT (d.is_unsold AND d.purpose = 'profiling')
  GROUP BY p.customer_key, d.purpose, d.channel, t.tag
)
SELECT d.customer_key, array_to_string(array_sort(array_agg(DISTINCT d.tag)), ',') AS tags
FROM denied AS d
JOIN reached AS r ON r.customer_key = d.customer_key AND r.channel = d.channel
LEFT JOIN reached AS ads ON ads.customer_key = d.customer_key AND ads.channel = 'ads'
WHERE CASE d.purpose
  WHEN 'marketing' THEN d.points = r.points
  ELSE d.channel = 'ads' OR ads.customer_key IS NULL
END
GROUP BY d.customer_key
