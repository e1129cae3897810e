-- scratch.fact_owners
-- Grain: one row per current order, invoice, subscription, ticket and interaction: where its newest version stands
-- (file_key, source_row), and whose it is.
--
-- Owner: the customer of the record that the row names; else the customer that alone has the contact point that it names.
-- An account's row belongs to the account; a person's to the person, who also leads to the account that they work for.
WITH versions AS (
  SELECT record_key, updated_at, is_deleted, row_hash, owner_entity, owner_key, owner_email, owner_phone, file_key, source_row FROM silver.orders
  UNION ALL
  SELECT record_key, updated_at, is_deleted, row_hash, owner_entity, owner_key, owner_email, owner_phone, file_key, source_row FROM silver.invoices
  UNION ALL
  SELECT record_key, updated_at, is_deleted, row_hash, owner_entity, owner_key, owner_email, owner_phone, file_key, source_row FROM silver.subscriptions
  UNION ALL
  SELECT record_key, updated_at, is_deleted, row_hash, owner_entity, owner_key, owner_email, owner_phone, file_key, source_row FROM silver.tickets
  UNION ALL
  SELECT record_key, updated_at, is_deleted, row_hash, owner_entity, owner_key, owner_email, owner_phone, file_key, source_row FROM silver.interactions
),
newest AS (
  -- One window over the whole sort, and not one per record_key: a window of a million partitions costs twice as much.
  SELECT v.*, lag(v.record_key) OVER (
    ORDER BY
      v.record_key, v.updated_at DESC NULLS LAST, f.extracted_at DESC NULLS LAST, v.row_hash DESC, v.file_key, v.source_row
  ) AS previous_key
  FROM versions AS v
  JOIN scratch.active_files AS f ON f.file_key = v.file_key
),
owned AS (
  SELECT
    n.record_key, n.file_key, n.source_row, n.owner_entity,
    m.record_key AS owner_record_key,
    CASE WHEN m.record_key IS NOT NULL THEN 'record' WHEN e.contact_key IS NOT NULL THEN 'email' WHEN p.contact_key IS NOT NULL THEN 'phone' END AS owner_rule,
    CASE WHEN m.record_key IS NULL THEN coalesce(e.person_key, p.person_key) WHEN m.entity = 'person' THEN m.customer_key END AS person_key,
    CASE WHEN m.record_key IS NULL THEN coalesce(e.account_key, p.account_key) WHEN m.entity = 'account' THEN m.customer_key END AS account_key
  FROM newest AS n
  LEFT JOIN scratch.members AS m ON m.record_key = n.owner_key
  LEFT JOIN scratch.contact_owners AS e ON e.contact_key = contact_key('email', n.owner_email)
  LEFT JOIN scratch.contact_owners AS p ON p.contact_key = contact_key('phone', n.owner_phone)
  WHERE (n.previous_key IS NULL OR n.previous_key <> n.record_key) AND NOT coalesce(n.is_deleted, false)
)
SELECT
  o.record_key, o.file_key, o.source_row, o.owner_rule,
  person.customer_id AS person_customer_id,
  coalesce(account.customer_id, record_link.account_customer_id, person_link.account_customer_id) AS account_customer_id,
  -- the rule of the data dictionary: an account's where the row names an account, else the person's
  CASE
    WHEN o.owner_entity = 'account' THEN coalesce(account.customer_id, person.customer_id)
    ELSE coalesce(person.customer_id, account.customer_id)
  END AS customer_id
FROM owned AS o
LEFT JOIN scratch.customers AS person ON person.customer_key = o.person_key
LEFT JOIN scratch.customers AS account ON account.customer_key = o.account_key
-- the account of the very record that the row names, else of the person
LEFT JOIN silver.account_links AS record_link ON record_link.person_record_key = o.owner_record_key
LEFT JOIN scratch.person_accounts AS person_link ON person_link.customer_key = o.person_key
