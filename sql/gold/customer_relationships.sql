-- gold.customer_relationships
-- Grain: one row per pair of customers, kind and role: of several statements the one that holds now, of these the newest. What
-- follows from records counts where nobody states it.
WITH kinds AS (
  -- A relationship names record ids only, and one id may be a person and an account of the source: kinds between
  -- organizations prefer accounts, employment goes from a person to an account, all others are between people.
  SELECT
    *,
    regexp_like(lower(kind), 'subsidiar|parent_company|branch|division|franchise|supplier|partner_of') AS is_between_accounts,
    regexp_like(lower(kind), 'work|employ|contact|member_of|director|owner_of') AS is_employment
  FROM silver.relationships
  LEFT SEMI JOIN scratch.active_files AS f ON f.file_key = relationships.file_key
),
placed AS (
  SELECT
    CASE WHEN r.is_between_accounts THEN coalesce(fa.customer_id, fp.customer_id) ELSE coalesce(fp.customer_id, fa.customer_id) END AS from_customer_id,
    CASE WHEN r.is_between_accounts OR r.is_employment THEN coalesce(ta.customer_id, tp.customer_id) ELSE coalesce(tp.customer_id, ta.customer_id) END AS to_customer_id,
    r.kind, r.role, r.valid_from, r.valid_to, r.source_system, r.from_id, r.to_id,
    -- said from the other end
    regexp_like(lower(r.kind), '^(subsidiary|branch|division)_of$') AS is_reversed
  FROM kinds AS r
  LEFT JOIN scratch.members AS fp ON fp.source_system = r.source_system AND fp.source_record_id = r.from_id AND fp.entity = 'person'
  LEFT JOIN scratch.members AS fa ON fa.source_system = r.source_system AND fa.source_record_id = r.from_id AND fa.entity = 'account'
  LEFT JOIN scratch.members AS tp ON tp.source_system = r.source_system AND tp.source_record_id = r.to_id AND tp.entity = 'person'
  LEFT JOIN scratch.members AS ta ON ta.source_system = r.source_system AND ta.source_record_id = r.to_id AND ta.entity = 'account'
),
accounts AS (
  SELECT
    m.customer_id, m.source_system, m.source_record_id,
    a.parent_id, a.parent_lei, a.parent_duns, a.lei, a.duns,
    CASE WHEN a.is_own_domain THEN a.domain END AS own_domain,
    a.name_key,
    split_part(a.name_key, ' ', 1) AS first_word
  FROM silver.accounts AS a
  JOIN scratch.members AS m ON m.record_key = a.record_key
),
-- Companies of one domain that are kept apart (by tax ids, say): each is tied to the one with the shortest name.
groups AS (
  SELECT
    *,
    first_value(customer_id) OVER of_domain AS head_customer_id,
    first_value(source_record_id) OVER of_domain AS head_source_record_id
  FROM accounts
  WHERE own_domain IS NOT NULL AND name_key IS NOT NULL
  WINDOW of_domain AS (
    PARTITION BY own_domain, first_word ORDER BY length(name_key), name_key, source_system, source_record_id
  )
),
-- What is stated weighs most (1), and of what follows from records, an id more than a domain, a domain more than a name.
ties AS (
  SELECT
    CASE WHEN is_reversed THEN to_customer_id ELSE from_customer_id END AS from_customer_id,
    CASE WHEN is_reversed THEN from_customer_id ELSE to_customer_id END AS to_customer_id,
    CASE
      WHEN is_reversed THEN 'parent_of'
      WHEN lower(kind) IN ('employee_of', 'employed_by', 'works_at', 'works_for') THEN 'works_for'
      ELSE kind
    END AS kind,
    role,
    'stated' AS evidence,
    1 AS place_of_evidence,
    valid_from, valid_to, source_system,
    CASE WHEN is_reversed THEN to_id ELSE from_id END AS from_source_record_id,
    CASE WHEN is_reversed THEN from_id ELSE to_id END AS to_source_record_id
  FROM placed
  UNION ALL
  SELECT
    m.customer_id, l.account_customer_id, 'works_for', NULL, l.rule,
    CASE l.rule WHEN 'account_id' THEN 2 WHEN 'email_domain' THEN 3 ELSE 4 END,
    NULL, NULL, l.source_system, l.source_record_id, NULL
  FROM silver.account_links AS l
  JOIN scratch.members AS m ON m.record_key = l.person_record_key
  UNION ALL
  SELECT parent.customer_id, child.customer_id, 'parent_of', NULL, 'parent_id', 2, NULL, NULL, child.source_system, parent.source_record_id, child.source_record_id
  FROM accounts AS child
  JOIN accounts AS parent ON parent.source_system = child.source_system AND parent.source_record_id = child.parent_id
  UNION ALL
  SELECT parent.customer_id, child.customer_id, 'parent_of', NULL, 'parent_lei', 3, NULL, NULL, child.source_system, parent.source_record_id, child.source_record_id
  FROM accounts AS child
  JOIN accounts AS parent ON parent.lei = child.parent_lei
  UNION ALL
  SELECT parent.customer_id, child.customer_id, 'parent_of', NULL, 'parent_duns', 4, NULL, NULL, child.source_system, parent.source_record_id, child.source_record_id
  FROM accounts AS child
  JOIN accounts AS parent ON parent.duns = child.parent_duns
  UNION ALL
  SELECT customer_id, head_customer_id, 'same_group', NULL, 'domain_and_name', 2, NULL, NULL, source_system, source_record_id, head_source_record_id
  FROM groups
),
ranked AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY from_customer_id, to_customer_id, kind, role
      ORDER BY
        coalesce(valid_to <= $as_of, false), place_of_evidence, valid_from DESC NULLS LAST, valid_to DESC NULLS FIRST,
        source_system, from_source_record_id, to_source_record_id
    ) AS place,
    min(CASE WHEN coalesce(valid_to > $as_of, true) THEN place_of_evidence END) OVER (
      PARTITION BY from_customer_id, to_customer_id, kind
    ) AS best_evidence
  FROM ties
  LEFT SEMI JOIN gold.dim_customer AS one ON one.customer_id = ties.from_customer_id
  LEFT SEMI JOIN gold.dim_customer AS another ON another.customer_id = ties.to_customer_id
  -- two records that turned out to be one customer are not related
  WHERE from_customer_id <> to_customer_id
)
SELECT
  from_customer_id, to_customer_id, kind, role, evidence, valid_from, valid_to, source_system,
  from_source_record_id, to_source_record_id,
  $run_id AS run_id
FROM ranked
WHERE place = 1 AND (place_of_evidence = 1 OR best_evidence > 1)
