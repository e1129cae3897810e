-- Evidence of every record, with how many records hold each of its values, and with the blocks that it stands in.
WITH lists AS (
  SELECT record_key, block_list(array_agg(CASE WHEN is_first THEN block | 1 ELSE block END)) AS blocks
  FROM scratch.block_members
  GROUP BY record_key
)
SELECT packed.record_key, packed.evidence, evidence_holders(packed.evidence) AS holders, lists.blocks
FROM scratch.packed_evidence AS packed
LEFT JOIN lists ON lists.record_key = packed.record_key
