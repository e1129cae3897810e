-- scratch.doubtful_pairs
-- Grain: one row per pair that the rules would not merge alone, and per link that clustering cut. Pairs that stand in one customer
-- after all, or that a steward has settled, are left out.
WITH doubtful AS (
  SELECT
    entity,
    -- candidates share no identity; the others share one that something contradicts
    CASE WHEN reason LIKE 'an identity in common%' THEN 'conflict' ELSE 'candidate' END AS kind,
    a_record_key, b_record_key, reason, name_similarity, match_weight, match_probability, vector
  FROM silver.scored_edges
  WHERE decision = 'review'
  UNION ALL
  SELECT
    cuts.entity,
    CASE WHEN cuts.reason = 'weak_bridge' THEN 'weak_bridge' ELSE 'conflict' END AS kind,
    cuts.a_record_key,
    cuts.b_record_key,
    'linked, but the customers that it would join disagree: ' || cuts.reason AS reason,
    edges.name_similarity,
    edges.match_weight,
    edges.match_probability,
    edges.vector
  FROM scratch.cuts AS cuts
  LEFT JOIN silver.scored_edges AS edges
    ON edges.entity = cuts.entity
    AND edges.a_record_key = cuts.a_record_key
    AND edges.b_record_key = cuts.b_record_key
)
SELECT
  doubtful.entity,
  doubtful.kind,
  doubtful.a_record_key,
  doubtful.b_record_key,
  a.source_system AS a_source_system,
  a.source_record_id AS a_source_record_id,
  b.source_system AS b_source_system,
  b.source_record_id AS b_source_record_id,
  a.customer_id AS a_customer_id,
  b.customer_id AS b_customer_id,
  doubtful.reason,
  doubtful.name_similarity,
  doubtful.match_probability AS confidence,
  doubtful.match_weight,
  doubtful.vector
FROM doubtful
JOIN silver.crosswalk AS a ON a.entity = doubtful.entity AND a.record_key = doubtful.a_record_key
JOIN silver.crosswalk AS b ON b.entity = doubtful.entity AND b.record_key = doubtful.b_record_key
LEFT JOIN scratch.settled AS settled
  ON settled.entity = doubtful.entity
  AND settled.a_record_key = doubtful.a_record_key
  AND settled.b_record_key = doubtful.b_record_key
WHERE a.customer_id <> b.customer_id AND settled.entity IS NULL
