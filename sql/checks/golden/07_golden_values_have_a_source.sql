-- Invariant 7: every golden value names a rule and a record, and the record is one of its customer's. (A domain may come from
-- a person who works there, and a steward may write what no record states.) Would come about if survivors were joined to records of another run.
SELECT v.customer_id, v.attribute, v.record_key
FROM gold.golden_values AS v
LEFT JOIN silver.crosswalk AS c ON c.record_key = v.record_key
WHERE v.rule IS NULL
  OR v.source_system IS NULL
  OR v.source_record_id IS NULL
  OR (v.role NOT IN ('derived', 'steward') AND c.record_key IS NULL)
  OR (v.role NOT IN ('derived', 'from_email', 'steward') AND c.customer_id <> v.customer_id)
