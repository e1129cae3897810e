-- gold.kpis
-- Grain: one row per publication, KPI and group that it is told for, from the first publication on.
WITH before AS (
  SELECT kpi, scope, scope_value, value
  FROM scratch.published_kpis
  WHERE publication_id = (SELECT max(publication_id) FROM scratch.published_kpis)
),
measured AS (
  SELECT kpi, scope, scope_value, counted, of_all, CASE WHEN of_all IS NULL THEN counted WHEN of_all > 0 THEN counted / of_all END AS value
  FROM scratch.measured
),
-- What was there before and is not now: a count of it is 0. Of no one there is no share.
missing AS (
  SELECT b.kpi, b.scope, b.scope_value, CAST(0 AS DOUBLE) AS counted, CAST(NULL AS BIGINT) AS of_all, CAST(0 AS DOUBLE) AS value
  FROM before AS b
  LEFT ANTI JOIN measured AS m ON m.kpi = b.kpi AND m.scope = b.scope AND m.scope_value = b.scope_value
  WHERE b.kpi IN ('customers', 'records', 'review_backlog', 'facts') AND b.value > 0
),
valued AS (
  SELECT kpi, scope, scope_value, counted, of_all, value FROM measured
  UNION ALL
  SELECT kpi, scope, scope_value, counted, of_all, value FROM missing
),
judged AS (
  SELECT
    v.kpi, v.scope, v.scope_value, v.value, v.counted, v.of_all,
    b.value AS previous_value,
    CASE
      WHEN v.value < l.min THEN concat('below ', l.min_text)
      WHEN v.value > l.max THEN concat('above ', l.max_text)
      WHEN abs(v.value - b.value) > l.max_change * abs(b.value) THEN concat('another than before by more than ', l.max_change_text)
    END AS breach,
    l.is_stop
  FROM valued AS v
  LEFT JOIN before AS b ON b.kpi = v.kpi AND b.scope = v.scope AND b.scope_value = v.scope_value
  LEFT JOIN config.limits AS l ON l.kpi = v.kpi AND l.scope = v.scope
)
SELECT kpi, scope, scope_value, value, counted, of_all, previous_value, breach, is_stop, publication_id, as_of, run_id
FROM scratch.published_kpis
UNION ALL
SELECT
  kpi, scope, scope_value, value, counted, of_all, previous_value, breach,
  CASE WHEN breach IS NOT NULL THEN is_stop END AS is_stop,
  $publication_id AS publication_id,
  $as_of AS as_of,
  $run_id AS run_id
FROM judged
