-- What the blocking rules of both entities brought.
SELECT * FROM scratch.person_blocking_rules
UNION ALL
SELECT * FROM scratch.account_blocking_rules
