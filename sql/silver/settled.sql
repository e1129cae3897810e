-- The newest decision of a steward on each pair of records, by record key, smaller key first. decided_at grows with every
-- decision on a pair (`c360 steward` sees to it), so the one recorded last counts.
WITH keyed AS (
  SELECT
    entity,
    kind,
    decided_by,
    reason,
    decided_at,
    decision_id,
    record_key(entity, a_source_system, a_source_record_id) AS a,
    record_key(entity, b_source_system, b_source_record_id) AS b
  FROM silver.steward_decisions
),
ranked AS (
  SELECT
    entity,
    kind,
    least(a, b) AS a_record_key,
    greatest(a, b) AS b_record_key,
    decided_by,
    reason,
    decided_at,
    row_number() OVER (
      PARTITION BY entity, least(a, b), greatest(a, b)
      ORDER BY decided_at DESC, decision_id DESC
    ) AS decision_rank
  FROM keyed
)
SELECT entity, kind, a_record_key, b_record_key, decided_by, decided_at, reason
FROM ranked
WHERE decision_rank = 1
