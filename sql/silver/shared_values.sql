-- Match values of both entities that identify nobody.
SELECT * FROM scratch.person_shared_values
UNION ALL
SELECT * FROM scratch.account_shared_values
