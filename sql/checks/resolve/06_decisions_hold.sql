-- Invariant 6: a steward's newest decision on a pair holds. Violated by a re-run that forgets it; so the decisions are read
-- where they were recorded. A "same" whose two customers other decisions keep apart cannot hold: the cannot-link wins.
WITH recorded AS (
  SELECT
    entity, kind, decided_at, decision_id,
    least(
      record_key(entity, a_source_system, a_source_record_id), record_key(entity, b_source_system, b_source_record_id)
    ) AS low_key,
    greatest(
      record_key(entity, a_source_system, a_source_record_id), record_key(entity, b_source_system, b_source_record_id)
    ) AS high_key
  FROM silver.steward_decisions
),
newest AS (
  SELECT d.*
  FROM recorded AS d
  LEFT ANTI JOIN recorded AS later
    ON later.entity = d.entity AND later.low_key = d.low_key AND later.high_key = d.high_key
    AND (later.decided_at > d.decided_at OR (later.decided_at = d.decided_at AND later.decision_id > d.decision_id))
),
placed AS (
  SELECT newest.entity, newest.kind, a.customer_id AS a_customer_id, b.customer_id AS b_customer_id
  FROM newest
  JOIN silver.crosswalk AS a ON a.entity = newest.entity AND a.record_key = newest.low_key
  JOIN silver.crosswalk AS b ON b.entity = newest.entity AND b.record_key = newest.high_key
),
kept_apart AS (
  SELECT DISTINCT entity, least(a_customer_id, b_customer_id) AS low_id, greatest(a_customer_id, b_customer_id) AS high_id
  FROM placed
  WHERE kind = 'distinct' AND a_customer_id <> b_customer_id
)
SELECT placed.entity, placed.kind, placed.a_customer_id, placed.b_customer_id
FROM placed
LEFT JOIN kept_apart
  ON kept_apart.entity = placed.entity
  AND kept_apart.low_id = least(placed.a_customer_id, placed.b_customer_id)
  AND kept_apart.high_id = greatest(placed.a_customer_id, placed.b_customer_id)
WHERE (placed.kind = 'distinct' AND placed.a_customer_id = placed.b_customer_id)
  OR (placed.kind = 'same' AND placed.a_customer_id <> placed.b_customer_id AND kept_apart.entity IS NULL)
