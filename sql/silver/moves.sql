-- Records that have another customer than before, by the customer that they leave and the one that they come to; and the consent
-- statements that name them, which from then on speak for the other customer.
WITH moved AS (
  SELECT
    crosswalk.entity,
    crosswalk.record_key,
    crosswalk.source_system || ':' || crosswalk.source_record_id AS record,
    previous.customer_id AS old_customer_id,
    crosswalk.customer_id AS new_customer_id
  FROM silver.crosswalk AS crosswalk
  JOIN scratch.previous_crosswalk AS previous
    ON previous.entity = crosswalk.entity AND previous.record_key = crosswalk.record_key
  WHERE crosswalk.customer_id <> previous.customer_id
),
stated AS (
  -- one that names an e-mail and a phone is two rows
  SELECT consent.owner_entity, consent.owner_key, count(DISTINCT concat(consent.file_key, '|', consent.source_row)) AS statements
  FROM silver.consents AS consent
  JOIN scratch.active_files AS active ON active.file_key = consent.file_key
  WHERE consent.owner_key IS NOT NULL
  GROUP BY consent.owner_entity, consent.owner_key
)
SELECT
  moved.entity,
  moved.old_customer_id,
  moved.new_customer_id,
  -- An id that leads to the other is gone; else the customer goes on without these records.
  CASE WHEN redirects.new_customer_id = moved.new_customer_id THEN 'merged' ELSE 'split' END AS change,
  count(*) AS records,
  CAST(coalesce(sum(stated.statements), 0) AS BIGINT) AS consent_statements,
  min(moved.record) AS first_record
FROM moved
LEFT JOIN silver.customer_redirects AS redirects
  ON redirects.entity = moved.entity AND redirects.old_customer_id = moved.old_customer_id
LEFT JOIN stated ON stated.owner_entity = moved.entity AND stated.owner_key = moved.record_key
GROUP BY moved.entity, moved.old_customer_id, moved.new_customer_id, redirects.new_customer_id
