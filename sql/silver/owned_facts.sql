-- scratch.owned_facts
-- Grain: one row per current order and ticket and customer whose it is: of the record that it names, else of everyone who has, or
-- had, the contact point that it names. (Whose it is for good, once it is clear who is who, says gold: steps/fact_owners.sql.)
WITH versions AS (
  SELECT 'order' AS fact, record_key, updated_at, row_hash, file_key, source_row, is_deleted, owner_key, owner_email, owner_phone, amount, ordered_at AS happened_at
  FROM silver.orders
  UNION ALL
  SELECT 'ticket', record_key, updated_at, row_hash, file_key, source_row, is_deleted, owner_key, owner_email, owner_phone, NULL, opened_at
  FROM silver.tickets
),
ranked AS (
  SELECT
    versions.*,
    row_number() OVER (
      PARTITION BY versions.record_key
      ORDER BY
        versions.updated_at DESC NULLS LAST,
        active.extracted_at DESC NULLS LAST,
        versions.row_hash DESC,
        versions.file_key,
        versions.source_row
    ) AS version_rank
  FROM versions
  JOIN scratch.active_files AS active ON active.file_key = versions.file_key
),
facts AS (
  SELECT
    ranked.*,
    owner.customer_id,
    contact_key('email', ranked.owner_email) AS email_key,
    contact_key('phone', ranked.owner_phone) AS phone_key
  FROM ranked
  LEFT JOIN silver.crosswalk AS owner ON owner.record_key = ranked.owner_key
  WHERE ranked.version_rank = 1 AND NOT coalesce(ranked.is_deleted, false)
),
holders AS (
  SELECT DISTINCT point.contact_key, crosswalk.customer_id
  FROM silver.contact_points AS point
  JOIN scratch.active_files AS active ON active.file_key = point.file_key
  JOIN silver.crosswalk AS crosswalk ON crosswalk.record_key = point.owner_key
)
SELECT fact, record_key, customer_id, amount, happened_at
FROM facts
WHERE customer_id IS NOT NULL
UNION ALL
SELECT facts.fact, facts.record_key, holders.customer_id, facts.amount, facts.happened_at
FROM facts
JOIN holders ON holders.contact_key = facts.email_key
WHERE facts.customer_id IS NULL
UNION ALL
-- an e-mail that nobody has says nothing
SELECT facts.fact, facts.record_key, holders.customer_id, facts.amount, facts.happened_at
FROM facts
JOIN holders ON holders.contact_key = facts.phone_key
LEFT ANTI JOIN holders AS by_email ON by_email.contact_key = facts.email_key
WHERE facts.customer_id IS NULL
