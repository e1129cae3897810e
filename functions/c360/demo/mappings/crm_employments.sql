-- Who works for whom. Both ids are record ids of this source.
SELECT
  contact_id AS from_id,
  account_id AS to_id,
  'employee_of' AS kind,
  title AS role,
  created_at AS valid_from
FROM input
WHERE account_id IS NOT NULL
