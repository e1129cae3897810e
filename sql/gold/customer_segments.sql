-- gold.customer_segments
-- Grain: one row per segment of `[segments]` and customer in it.
SELECT
  m.segment, c.segment_version, m.customer_id, m.entity,
  coalesce(b.entered_at, $as_of) AS entered_at,
  $run_id AS run_id
FROM scratch.segment_members AS m
JOIN config.segments AS c ON c.segment = m.segment
LEFT JOIN scratch.published_segments AS b ON b.segment = m.segment AND b.customer_id = m.customer_id
