-- scratch.survivors
-- Grain: one row per customer and attribute that anything was stated of: the value that survives.
WITH sorted AS (
  -- The first of every (customer, attribute) in one sort. One window over all rows, and not one per customer and attribute: a
  -- window of millions of partitions costs twice as much. The last columns make ties fall the same way every time.
  SELECT
    *,
    lag(customer_key) OVER place AS previous_customer,
    lag(attribute) OVER place AS previous_attribute
  FROM scratch.candidates
  WINDOW place AS (ORDER BY customer_key, attribute, sort_key, value, record_key, role)
),
lists AS (
  -- every value, the best first
  SELECT customer_key, attribute, json_array(array_agg(value ORDER BY best, value)) AS value
  FROM (
    SELECT customer_key, attribute, value, min(sort_key) AS best
    FROM scratch.candidates
    WHERE asks_for('all') AND keeps_all(entity, attribute)
    GROUP BY customer_key, attribute, value
  )
  GROUP BY customer_key, attribute
)
SELECT
  s.customer_key, s.entity, s.attribute,
  coalesce(l.value, s.value) AS value,
  s.record_key, s.role,
  -- who chose it, and why; where no record states it any more, the rule decides
  coalesce(concat('steward ', o.decided_by, ': ', o.reason), survivorship_rule(s.entity, s.attribute)) AS rule,
  s.address_hash, s.sort_key
FROM sorted AS s
LEFT JOIN lists AS l ON l.customer_key = s.customer_key AND l.attribute = s.attribute
LEFT JOIN scratch.overrides AS o
  ON o.customer_key = s.customer_key AND o.attribute = s.attribute AND o.value = s.value
WHERE s.previous_customer IS NULL OR s.previous_customer <> s.customer_key OR s.previous_attribute <> s.attribute
