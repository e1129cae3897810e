-- gold.customer_relationships
-- Grain: one row per pair of customers, kind and role; several statements of one count once, the newest.
WITH kinds AS (
  -- A relationship names record ids only, and one id may be a person and an account of the source: kinds between
  -- organizations prefer accounts, employment goes from a person to an account, all others are between people.
  SELECT
    *,
    regexp_like(lower(kind), 'subsidiar|parent_company|branch|franchise|supplier|partner_of') AS is_between_accounts,
    regexp_like(lower(kind), 'work|employ|contact|member_of|director|owner_of') AS is_employment
  FROM silver.relationships
  LEFT SEMI JOIN scratch.active_files AS f ON f.file_key = relationships.file_key
),
stated AS (
  SELECT
    CASE WHEN r.is_between_accounts THEN coalesce(fa.customer_id, fp.customer_id) ELSE coalesce(fp.customer_id, fa.customer_id) END AS from_customer_id,
    CASE WHEN r.is_between_accounts OR r.is_employment THEN coalesce(ta.customer_id, tp.customer_id) ELSE coalesce(tp.customer_id, ta.customer_id) END AS to_customer_id,
    r.kind, r.role, r.valid_from, r.valid_to, r.source_system,
    r.from_id AS from_source_record_id, r.to_id AS to_source_record_id
  FROM kinds AS r
  LEFT JOIN scratch.members AS fp ON fp.source_system = r.source_system AND fp.source_record_id = r.from_id AND fp.entity = 'person'
  LEFT JOIN scratch.members AS fa ON fa.source_system = r.source_system AND fa.source_record_id = r.from_id AND fa.entity = 'account'
  LEFT JOIN scratch.members AS tp ON tp.source_system = r.source_system AND tp.source_record_id = r.to_id AND tp.entity = 'person'
  LEFT JOIN scratch.members AS ta ON ta.source_system = r.source_system AND ta.source_record_id = r.to_id AND ta.entity = 'account'
  UNION ALL
  SELECT m.customer_id, l.account_customer_id, 'works_for', NULL AS role, NULL AS valid_from, NULL AS valid_to, l.source_system, l.source_record_id, NULL AS to_id
  FROM silver.account_links AS l
  JOIN scratch.members AS m ON m.record_key = l.person_record_key
),
placed AS (
  SELECT *, row_number() OVER (
    PARTITION BY from_customer_id, to_customer_id, kind, role
    ORDER BY valid_from DESC NULLS LAST, valid_to DESC NULLS FIRST, source_system, from_source_record_id, to_source_record_id
  ) AS place
  FROM stated
  WHERE from_customer_id IS NOT NULL AND to_customer_id IS NOT NULL
)
SELECT
  from_customer_id, to_customer_id, kind, role, valid_from, valid_to, source_system,
  from_source_record_id, to_source_record_id,
  $run_id AS run_id
FROM placed
WHERE place = 1
