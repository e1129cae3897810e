-- Edges of both entities.
SELECT * FROM scratch.scored_person_edges
UNION ALL
SELECT * FROM scratch.scored_account_edges
