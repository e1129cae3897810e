-- Pairs of records in one block, each once. rules: bits of the rules that brought the pair; shared_rules: those whose value
-- is shared by too many names ($shared_names) to identify anybody; ambiguous_rules: those with more than one name.
-- A block beyond $block_records is compared with its first record only: a star links what belongs together at the
-- cost of the block's size and not of its square. A shared block beyond $shared_records is not compared at all; it
-- stands in silver.shared_values.
SELECT
  a.record_key AS a_record_key,
  b.record_key AS b_record_key,
  bit_or(a.rule) AS rules,
  bit_or(CASE WHEN blocks.names > $shared_names THEN a.rule ELSE 0 END) AS shared_rules,
  bit_or(CASE WHEN blocks.names > 1 THEN a.rule ELSE 0 END) AS ambiguous_rules
FROM scratch.person_blocks AS blocks
JOIN scratch.person_keys AS a ON a.rule = blocks.rule AND a.block_key = blocks.block_key
JOIN scratch.person_keys AS b ON b.rule = blocks.rule AND b.block_key = blocks.block_key
WHERE a.record_key < b.record_key
  AND (blocks.records <= $block_records OR a.record_key = blocks.first_key)
  AND (blocks.names <= $shared_names OR blocks.records <= $shared_records)
GROUP BY a.record_key, b.record_key
