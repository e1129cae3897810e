-- gold.customer_preferences
-- Grain: one row per customer and preference: the newest statement. Its owner is the customer of the record that it names,
-- else the customer that alone has the contact point that it names.
WITH owned AS (
  SELECT
    coalesce(m.customer_key, o.customer_key) AS customer_key,
    p.name, p.value, coalesce(p.updated_at, f.extracted_at) AS updated_at, p.source_system,
    m.source_record_id
  FROM silver.preferences AS p
  LEFT SEMI JOIN scratch.active_files AS a ON a.file_key = p.file_key
  JOIN scratch.complete_files AS f ON f.file_key = p.file_key
  LEFT JOIN scratch.members AS m ON m.record_key = p.owner_key
  LEFT JOIN scratch.contact_owners AS o
    ON o.contact_key = coalesce(contact_key('email', p.owner_email), contact_key('phone', p.owner_phone))
  WHERE p.name IS NOT NULL
),
placed AS (
  SELECT *, row_number() OVER (
    PARTITION BY customer_key, name
    ORDER BY updated_at DESC NULLS LAST, value, source_system, source_record_id
  ) AS place
  FROM owned
  WHERE customer_key IS NOT NULL
)
SELECT k.entity, k.customer_id, p.name, p.value, p.updated_at, p.source_system, p.source_record_id, $run_id AS run_id
FROM placed AS p
JOIN scratch.customers AS k ON k.customer_key = p.customer_key
WHERE p.place = 1
