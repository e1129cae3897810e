-- scratch.places
-- Grain: one row per postcode that a reference feed lists: the middle of its places, and their city and region where it has
-- but one.
WITH versions AS (
  SELECT
    v.country, v.postcode, v.city, v.region, v.latitude, v.longitude, v.is_deleted,
    row_number() OVER (
      PARTITION BY v.record_key
      ORDER BY v.updated_at DESC NULLS LAST, f.extracted_at DESC NULLS LAST, v.row_hash DESC, v.file_key, v.source_row
    ) AS place
  FROM silver.postcodes AS v
  JOIN scratch.active_files AS f ON f.file_key = v.file_key
)
SELECT
  postcode_key(country, postcode) AS postcode_key,
  -- sums of whole numbers, the same in any order
  round(sum(CAST(round(latitude * 1e6) AS BIGINT)) / 1e6 / count(latitude), 6) AS latitude,
  round(sum(CAST(round(longitude * 1e6) AS BIGINT)) / 1e6 / count(longitude), 6) AS longitude,
  CASE WHEN count(DISTINCT lower(city)) = 1 THEN min(city) END AS city,
  CASE WHEN count(DISTINCT lower(region)) = 1 THEN min(region) END AS region,
  array_agg(DISTINCT lower(city)) AS cities
FROM versions
WHERE place = 1 AND NOT is_deleted
GROUP BY postcode_key(country, postcode)
