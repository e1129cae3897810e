-- change_events.ndjson: what happened to customers since the last file, as CloudEvents 1.0 in JSON, one a line.
-- Grain: one row per event of the publications after $after_sequence, the last one that was extracted. An event has one id for ever,
-- whoever computes it; `sequence` orders all events of all files, those of one customer among them (`partitionkey`): it is made, or
-- takes in others, before it is updated, and is deleted last.
WITH ranked AS (
  SELECT
    e.*, p.sequence,
    CASE e.event_type
      WHEN 'customer.created' THEN 1
      WHEN 'customer.split' THEN 2
      WHEN 'customer.merged' THEN 3
      WHEN 'customer.updated' THEN 4
      WHEN 'customer.consent_changed' THEN 5
      ELSE 6
    END AS place
  FROM gold.change_events AS e
  -- by run, not by publication: a run that died before its publication may have left events of the same id
  JOIN gold.publications AS p ON p.run_id = e.run_id AND p.publication_id = e.publication_id
  WHERE p.sequence > $after_sequence
)
SELECT
  concat(
    lpad(CAST(sequence AS TEXT), 9, '0'), '-',
    lpad(CAST(row_number() OVER (PARTITION BY sequence ORDER BY place, customer_id, event_id) AS TEXT), 9, '0')
  ) AS sequence,
  '1.0' AS specversion,
  event_id AS id,
  'urn:c360:customers' AS source,
  event_type AS type,
  customer_id AS subject,
  occurred_at AS time,
  customer_id AS partitionkey,
  'application/json' AS datacontenttype,
  named_struct(
    'entity', entity,
    'customer_id', customer_id,
    'old_customer_id', old_customer_id,
    'new_customer_id', new_customer_id,
    'publication_id', publication_id
  ) AS data
FROM ranked
