-- Match values that identify nobody, because too many names share them.
SELECT entity, match_key, block_key, records, names, $run_id AS run_id
FROM (
  SELECT
    'person' AS entity,
    CASE rule WHEN 1 THEN 'email' WHEN 2 THEN 'phone' WHEN 4 THEN 'customer_number' ELSE 'name_company' END AS match_key,
    block_key,
    records,
    names
  FROM scratch.person_blocks
  WHERE rule < 16
  UNION ALL
  SELECT
    'account' AS entity,
    CASE rule WHEN 1 THEN 'domain' WHEN 2 THEN 'tax_id' ELSE 'country_name' END AS match_key,
    block_key,
    records,
    names
  FROM scratch.account_blocks
  WHERE rule < 16
)
WHERE names > $shared_names
