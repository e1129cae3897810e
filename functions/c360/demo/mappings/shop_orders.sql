-- Parquet brings its own types. The owner is a record of this source: the shop's customer.
SELECT
  order_id AS source_record_id,
  customer_id AS person_id,
  ordered_at,
  total AS amount,
  currency,
  status
FROM input
