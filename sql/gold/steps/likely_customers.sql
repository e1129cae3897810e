-- scratch.likely_customers
-- Grain: one row per record that a statement names and customer that it is not in but may belong to: compared with one of its
-- records, it is the same with at least the probability of `[consent] suppress_above`, and no steward said otherwise.
WITH stated AS (
  SELECT DISTINCT owner_key FROM scratch.statements WHERE owner_key IS NOT NULL AND (NOT is_statement_placed OR purpose = 'sale')
),
alike AS (
  SELECT e.a_record_key, e.b_record_key, e.match_probability
  FROM silver.scored_edges AS e
  CROSS JOIN config.consent AS c
  LEFT ANTI JOIN scratch.settled AS d
    ON d.kind = 'distinct' AND d.a_record_key = e.a_record_key AND d.b_record_key = e.b_record_key
  WHERE e.match_probability >= c.suppress_above
),
sides AS (
  SELECT a_record_key AS record_key, b_record_key AS other_key, match_probability FROM alike
  UNION ALL
  SELECT b_record_key, a_record_key, match_probability FROM alike
)
SELECT s.record_key, theirs.customer_key, max(s.match_probability) AS probability
FROM sides AS s
JOIN stated ON stated.owner_key = s.record_key
JOIN scratch.members AS own ON own.record_key = s.record_key
JOIN scratch.members AS theirs ON theirs.record_key = s.other_key
WHERE own.customer_key <> theirs.customer_key
GROUP BY s.record_key, theirs.customer_key
