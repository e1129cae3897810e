-- How many records hold a value, of those that more than one holds. A term: a hash of (comparison, value).
SELECT term, count(*) AS records
FROM (SELECT unnest(evidence_terms(evidence)) AS term FROM scratch.packed_evidence)
GROUP BY term
HAVING count(*) > 1
