-- silver.review_queue
-- Each case with how likely it is to be one customer, and what hangs on it: orders and spend of the customers that it is about,
-- and whether one of them granted what another denied.
WITH parties AS (
  SELECT review_id, a_customer_id AS customer_id FROM scratch.review_items WHERE kind <> 'account_link'
  UNION
  SELECT review_id, b_customer_id FROM scratch.review_items WHERE kind <> 'account_link'
  UNION
  SELECT review_id, other_customer_id FROM scratch.review_items WHERE other_customer_id IS NOT NULL
  UNION
  -- the accounts of a doubtful link are what it is doubtful about; what hangs on it is the person
  SELECT item.review_id, person.customer_id
  FROM scratch.review_items AS item
  JOIN silver.crosswalk AS person
    ON person.entity = 'person'
    AND person.source_system = item.a_source_system
    AND person.source_record_id = item.a_source_record_id
  WHERE item.kind = 'account_link'
),
records AS (
  SELECT crosswalk.record_key, crosswalk.customer_id
  FROM silver.crosswalk AS crosswalk
  LEFT SEMI JOIN parties ON parties.customer_id = crosswalk.customer_id
),
-- Contact points that their records have, or had once.
points AS (
  SELECT DISTINCT point.contact_key, records.customer_id
  FROM silver.contact_points AS point
  JOIN records ON records.record_key = point.owner_key
  JOIN scratch.active_files AS active ON active.file_key = point.file_key
  WHERE point.contact_key IS NOT NULL
),
stakes AS (
  SELECT review_id, count(*) AS orders, sum(amount) AS spend
  FROM (
    -- an order may be of several of them
    SELECT DISTINCT party.review_id, owned.record_key, owned.amount
    FROM parties AS party
    JOIN scratch.owned_facts AS owned ON owned.customer_id = party.customer_id
    WHERE owned.fact = 'order'
  )
  GROUP BY review_id
),
statements AS (
  SELECT records.customer_id, consent.*
  FROM silver.consents AS consent
  JOIN scratch.active_files AS active ON active.file_key = consent.file_key
  JOIN records ON records.record_key = consent.owner_key
  UNION ALL
  SELECT points.customer_id, consent.*
  FROM silver.consents AS consent
  JOIN scratch.active_files AS active ON active.file_key = consent.file_key
  JOIN points ON points.contact_key = consent.contact_key
),
newest_statements AS (
  SELECT
    *,
    -- of one time, a denial comes first
    row_number() OVER (
      PARTITION BY customer_id, source_system, contact_key, purpose, channel
      ORDER BY stated_at DESC NULLS LAST, status IN ('denied', 'withdrawn') DESC, status, expires_at
    ) AS place
  FROM statements
),
stances AS (
  SELECT DISTINCT customer_id, purpose, channel, status = 'granted' AS is_granted
  FROM newest_statements
  WHERE place = 1
    AND (status IN ('denied', 'withdrawn') OR (status = 'granted' AND coalesce(expires_at > $as_of, true)))
),
consent_conflicts AS (
  SELECT DISTINCT one.review_id
  FROM parties AS one
  JOIN parties AS another ON another.review_id = one.review_id
  JOIN stances AS granted ON granted.customer_id = one.customer_id AND granted.is_granted
  JOIN stances AS denied ON denied.customer_id = another.customer_id AND NOT denied.is_granted
  WHERE one.customer_id <> another.customer_id
    AND (denied.purpose = granted.purpose OR 'all' IN (denied.purpose, granted.purpose))
    AND (denied.channel = granted.channel OR 'all' IN (denied.channel, granted.channel))
),
weighed AS (
  SELECT
    item.*,
    coalesce(stakes.orders, 0) AS orders,
    coalesce(stakes.spend, 0.0) AS spend,
    conflict.review_id IS NOT NULL AS has_consent_conflict
  FROM scratch.review_items AS item
  LEFT JOIN stakes ON stakes.review_id = item.review_id
  LEFT JOIN consent_conflicts AS conflict ON conflict.review_id = item.review_id
),
ranked AS (
  SELECT
    *,
    log10(1 + orders) + log10(1 + greatest(spend, 0.0)) + CASE WHEN has_consent_conflict THEN 2.0 ELSE 0.0 END AS impact
  FROM weighed
)
SELECT
  review_id,
  entity,
  kind,
  a_source_system,
  a_source_record_id,
  b_source_system,
  b_source_record_id,
  a_customer_id,
  b_customer_id,
  other_source_system,
  other_source_record_id,
  other_customer_id,
  reason,
  coalesce(weight_terms(entity, vector, match_weight), reason) AS explanation,
  name_similarity,
  confidence,
  orders,
  spend,
  has_consent_conflict,
  impact,
  confidence * (1 + impact) AS priority,
  $run_id AS run_id
FROM ranked
