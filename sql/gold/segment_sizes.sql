-- gold.segment_sizes
-- Grain: one row per publication and segment of `[segments]` in it, from the first publication on.
WITH sizes AS (
  SELECT segment, count(*) AS customers FROM gold.customer_segments GROUP BY segment
),
came AS (
  SELECT n.segment, count(*) AS customers
  FROM gold.customer_segments AS n
  LEFT ANTI JOIN scratch.published_segments AS b ON b.segment = n.segment AND b.customer_id = n.customer_id
  GROUP BY n.segment
),
went AS (
  SELECT b.segment, count(*) AS customers
  FROM scratch.published_segments AS b
  LEFT ANTI JOIN gold.customer_segments AS n ON n.segment = b.segment AND n.customer_id = b.customer_id
  GROUP BY b.segment
),
everybody AS (
  SELECT count(*) AS customers FROM gold.dim_customer
)
SELECT segment, segment_version, condition, publication_id, as_of, customers, share, customers_joined, customers_left, run_id
FROM scratch.published_segment_sizes
UNION ALL
SELECT
  c.segment, c.segment_version, c.condition,
  $publication_id AS publication_id,
  $as_of AS as_of,
  coalesce(s.customers, 0) AS customers,
  CASE WHEN e.customers > 0 THEN CAST(coalesce(s.customers, 0) AS DOUBLE) / e.customers END AS share,
  coalesce(j.customers, 0) AS customers_joined,
  coalesce(l.customers, 0) AS customers_left,
  $run_id AS run_id
FROM config.segments AS c
CROSS JOIN everybody AS e
LEFT JOIN sizes AS s ON s.segment = c.segment
LEFT JOIN came AS j ON j.segment = c.segment
LEFT JOIN went AS l ON l.segment = c.segment
