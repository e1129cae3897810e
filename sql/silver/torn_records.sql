-- scratch.torn_records
-- Grain: one row per record of a doubtful pair that fits two customers nearly equally.
-- What every record of such a pair is linked to, and how strongly.
WITH links AS (
  SELECT entity, a_record_key AS record_key, b_record_key AS other_key, name_similarity, match_weight, vector
  FROM silver.scored_edges
  WHERE decision <> 'distinct'
  UNION ALL
  SELECT entity, b_record_key, a_record_key, name_similarity, match_weight, vector
  FROM silver.scored_edges
  WHERE decision <> 'distinct'
),
in_doubt AS (
  SELECT entity, a_record_key AS record_key FROM scratch.doubtful_pairs
  UNION
  SELECT entity, b_record_key FROM scratch.doubtful_pairs
),
-- By record, its best link to each customer.
fits AS (
  SELECT
    links.*,
    fit.customer_id,
    fit.source_system,
    fit.source_record_id,
    row_number() OVER (
      PARTITION BY links.entity, links.record_key, fit.customer_id
      ORDER BY links.match_weight DESC, fit.source_system, fit.source_record_id
    ) AS place_in_customer
  FROM links
  LEFT SEMI JOIN in_doubt ON in_doubt.entity = links.entity AND in_doubt.record_key = links.record_key
  LEFT ANTI JOIN scratch.settled AS settled
    ON settled.entity = links.entity
    AND settled.a_record_key = least(links.record_key, links.other_key)
    AND settled.b_record_key = greatest(links.record_key, links.other_key)
  JOIN silver.crosswalk AS fit ON fit.entity = links.entity AND fit.record_key = links.other_key
),
contenders AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY entity, record_key ORDER BY match_weight DESC, source_system, source_record_id
    ) AS place
  FROM fits
  WHERE place_in_customer = 1
)
-- Two bits: four to one. Customers who may be one themselves are no alternative.
SELECT
  best.entity,
  best.record_key,
  own.source_system,
  own.source_record_id,
  own.customer_id,
  best.customer_id AS best_id,
  second.customer_id AS second_id,
  -- the first to be asked about is one that the record is not with already
  best.customer_id = own.customer_id AS is_with_best,
  best.source_system AS best_source_system,
  best.source_record_id AS best_source_record_id,
  best.name_similarity AS best_similarity,
  best.match_weight AS best_weight,
  best.vector AS best_vector,
  second.source_system AS second_source_system,
  second.source_record_id AS second_source_record_id,
  second.name_similarity AS second_similarity,
  second.match_weight AS second_weight,
  second.vector AS second_vector
FROM contenders AS best
JOIN contenders AS second
  ON second.entity = best.entity AND second.record_key = best.record_key AND second.place = 2
JOIN silver.crosswalk AS own ON own.entity = best.entity AND own.record_key = best.record_key
LEFT ANTI JOIN scratch.doubtful_pairs AS pairs
  ON pairs.entity = best.entity
  AND least(pairs.a_customer_id, pairs.b_customer_id) = least(best.customer_id, second.customer_id)
  AND greatest(pairs.a_customer_id, pairs.b_customer_id) = greatest(best.customer_id, second.customer_id)
  AND pairs.a_record_key <> best.record_key
  AND pairs.b_record_key <> best.record_key
WHERE best.place = 1 AND best.match_weight - second.match_weight <= 2
