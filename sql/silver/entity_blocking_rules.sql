-- What each blocking rule brought. added: pairs by the lowest bit of their rules.
WITH added AS (
  SELECT rules & -rules AS bit, count(*) AS pairs
  FROM scratch.pairs
  GROUP BY rules & -rules
),
tallied AS (
  SELECT
    rule,
    count(*) FILTER (WHERE treatment <> 'refused') AS blocks,
    max(records) FILTER (WHERE treatment <> 'refused') AS largest,
    sum(CASE treatment WHEN 'paired' THEN records * (records - 1) / 2 WHEN 'star' THEN records - 1 END) AS pairs,
    count(*) FILTER (WHERE treatment = 'refused') AS refused_blocks,
    sum(CASE treatment WHEN 'refused' THEN records END) AS refused_records,
    sum(CASE treatment
      WHEN 'refused' THEN records * (records - 1) / 2
      WHEN 'star' THEN (records - 1) * (records - 2) / 2
    END) AS refused_pairs
  FROM scratch.blocks
  GROUP BY rule
)
SELECT
  $entity AS entity,
  rule_names($entity, 1::BIGINT << tallied.rule) AS rule,
  tallied.blocks,
  coalesce(tallied.largest, 0) AS largest,
  coalesce(tallied.pairs, 0) AS pairs,
  coalesce(added.pairs, 0) AS added_pairs,
  tallied.refused_blocks,
  coalesce(tallied.refused_records, 0) AS refused_records,
  coalesce(tallied.refused_pairs, 0) AS refused_pairs,
  $run_id AS run_id
FROM tallied
LEFT JOIN added ON added.bit = 1::BIGINT << tallied.rule
