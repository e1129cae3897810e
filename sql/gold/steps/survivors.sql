-- scratch.survivors
-- Grain: one row per customer and attribute that anything was stated of: the value that survives.
WITH ranked AS (
  SELECT
    c.*,
    coalesce(r.rule, 'most_recent') AS rule,
    -- roles that the rule does not list come last; what is incomplete or invalid, such as an address without a street, after that
    coalesce(o.role_rank, 1000) + CASE WHEN c.is_valid THEN 0 ELSE 2000 END AS role_rank,
    CASE coalesce(r.tie_1, 'most_recent') 
      WHEN 'most_recent' THEN CAST(c.known_at AS BIGINT)
      WHEN 'most_recently_verified' THEN CAST(c.verified_at AS BIGINT)
      WHEN 'longest' THEN CAST(character_length(c.value) AS BIGINT)
      WHEN 'reachable' THEN CAST(c.is_reachable AS BIGINT)
      WHEN 'valid_first' THEN CAST(c.is_valid AS BIGINT)
      WHEN 'not_marketing_form' THEN CAST(c.is_whole_name AS BIGINT)
    END AS tie_1,
    CASE r.tie_2 
      WHEN 'most_recent' THEN CAST(c.known_at AS BIGINT)
      WHEN 'most_recently_verified' THEN CAST(c.verified_at AS BIGINT)
      WHEN 'longest' THEN CAST(character_length(c.value) AS BIGINT)
      WHEN 'reachable' THEN CAST(c.is_reachable AS BIGINT)
      WHEN 'valid_first' THEN CAST(c.is_valid AS BIGINT)
      WHEN 'not_marketing_form' THEN CAST(c.is_whole_name AS BIGINT)
    END AS tie_2,
    CASE r.tie_3 
      WHEN 'most_recent' THEN CAST(c.known_at AS BIGINT)
      WHEN 'most_recently_verified' THEN CAST(c.verified_at AS BIGINT)
      WHEN 'longest' THEN CAST(character_length(c.value) AS BIGINT)
      WHEN 'reachable' THEN CAST(c.is_reachable AS BIGINT)
      WHEN 'valid_first' THEN CAST(c.is_valid AS BIGINT)
      WHEN 'not_marketing_form' THEN CAST(c.is_whole_name AS BIGINT)
    END AS tie_3
  FROM scratch.candidates AS c
  LEFT JOIN config.survivorship AS r ON r.entity = c.entity AND r.attribute = c.attribute
  LEFT JOIN config.survivorship_roles AS o ON o.entity = c.entity AND o.attribute = c.attribute AND o.role = c.role
),
sorted AS (
  -- The first of every (customer, attribute) in one sort. One window over all rows, and not one per customer and attribute: a
  -- window of millions of partitions costs twice as much. The last columns make ties fall the same way every time.
  SELECT
    *,
    lag(customer_key) OVER place AS previous_customer,
    lag(attribute) OVER place AS previous_attribute
  FROM ranked
  WINDOW place AS (
    ORDER BY customer_key, attribute, role_rank, tie_1 DESC NULLS LAST, tie_2 DESC NULLS LAST, tie_3 DESC NULLS LAST, value, record_key, role
  )
)
SELECT customer_key, entity, attribute, value, record_key, role, rule, address_hash
FROM sorted
WHERE previous_customer IS NULL OR previous_customer <> customer_key OR previous_attribute <> attribute
