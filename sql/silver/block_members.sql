-- The records of each block that is compared. block: 54 bits of the key's hash, the number of the rule, and flags (star, shared
-- by too many names, used by more than one name, 0 for "is the first record").
SELECT
  (blocks.block_key << 10) | (blocks.rule << 4)
    | CASE WHEN blocks.treatment = 'star' THEN 8 ELSE 0 END
    | CASE WHEN blocks.names > $shared_names THEN 4 ELSE 0 END
    | CASE WHEN blocks.names > 1 THEN 2 ELSE 0 END AS block,
  keys.record_key,
  keys.record_key = blocks.first_key AS is_first
FROM scratch.blocks AS blocks
JOIN scratch.block_keys AS keys ON keys.rule = blocks.rule AND keys.block_key = blocks.block_key
WHERE blocks.treatment <> 'refused'
