-- scratch.overrides
-- Grain: one row per customer and attribute for which a steward's choice stands as of the run.
WITH words AS (
  SELECT
    m.customer_key, m.entity, o.attribute, o.value, o.decided_by, o.reason, o.decided_at, o.expires_at,
    row_number() OVER (
      PARTITION BY m.customer_key, o.attribute
      ORDER BY o.decided_at DESC, o.override_id DESC
    ) AS place
  FROM silver.golden_overrides AS o
  JOIN scratch.members AS m ON m.record_key = record_key(o.entity, o.source_system, o.source_record_id)
  WHERE o.decided_at <= $as_of
)
SELECT customer_key, entity, attribute, value, decided_by, reason, decided_at
FROM words
WHERE place = 1 AND value IS NOT NULL AND (expires_at IS NULL OR expires_at > $as_of)
