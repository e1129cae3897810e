-- Invariant 6: a steward's newest decision on a pair holds. Violated by a re-run that forgets it.
-- A "same" whose two customers other decisions keep apart cannot hold: the cannot-link wins.
WITH placed AS (
  SELECT settled.entity, settled.kind, a.customer_id AS a_customer_id, b.customer_id AS b_customer_id
  FROM scratch.settled AS settled
  JOIN silver.crosswalk AS a ON a.entity = settled.entity AND a.record_key = settled.a_record_key
  JOIN silver.crosswalk AS b ON b.entity = settled.entity AND b.record_key = settled.b_record_key
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
