-- scratch.custom_attributes
-- Grain: one row per customer with values of a mapping's further columns: those that survived, as one JSON object.
SELECT
  customer_key,
  golden_object(
    entity,
    array_agg(attribute ORDER BY attribute),
    array_agg(value ORDER BY attribute)
  ) AS attributes
FROM scratch.survivors
WHERE is_custom(entity, attribute)
GROUP BY customer_key, entity
