-- Invariant 6: a steward's newest decision on a pair holds. Violated by a re-run that forgets it.
-- A "same" whose records other decisions keep apart cannot hold; the cannot-link wins.
SELECT settled.entity, settled.kind, a.customer_id AS a_customer_id, b.customer_id AS b_customer_id
FROM scratch.settled AS settled
JOIN silver.crosswalk AS a ON a.entity = settled.entity AND a.record_key = settled.a_record_key
JOIN silver.crosswalk AS b ON b.entity = settled.entity AND b.record_key = settled.b_record_key
WHERE (settled.kind = 'distinct' AND a.customer_id = b.customer_id)
  OR (
    settled.kind = 'same'
    AND a.customer_id <> b.customer_id
    AND settled.entity NOT IN (SELECT entity FROM scratch.settled WHERE kind = 'distinct')
  )
