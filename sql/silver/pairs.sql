-- Pairs of records in one block, each made once, by the first block that both share. rules: bits of the rules that brought the
-- pair; from bit 40 on, those whose value is shared by too many names to identify anybody; from bit 48 on, those whose value
-- more than one name uses. vector: the comparison vector.
WITH met AS (
  SELECT
    a.record_key AS a_record_key,
    b.record_key AS b_record_key,
    a_record.evidence AS a_evidence,
    b_record.evidence AS b_evidence,
    rules_of_pair(a_record.blocks, b_record.blocks, a.block) AS rules
  FROM scratch.block_members AS a
  JOIN scratch.block_members AS b ON b.block = a.block
  JOIN scratch.evidence AS a_record ON a_record.record_key = a.record_key
  JOIN scratch.evidence AS b_record ON b_record.record_key = b.record_key
  WHERE a.record_key < b.record_key AND (a.block & 8 = 0 OR a.is_first OR b.is_first)
)
SELECT a_record_key, b_record_key, rules, comparison_vector(a_evidence, b_evidence) AS vector
FROM met
WHERE rules <> 0
