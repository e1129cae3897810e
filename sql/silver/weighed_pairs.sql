-- Pairs with their match weight, and the part of it that is not about names, in bits.
SELECT
  pairs.a_record_key,
  pairs.b_record_key,
  pairs.rules,
  pairs.vector,
  match_weight(pairs.vector, a.holders, b.holders) AS match_weight,
  weight_beyond_names(pairs.vector, a.holders, b.holders) AS weight_beyond_names
FROM scratch.pairs AS pairs
JOIN scratch.evidence AS a ON a.record_key = pairs.a_record_key
JOIN scratch.evidence AS b ON b.record_key = pairs.b_record_key
