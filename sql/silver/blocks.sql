-- What is done with each block. Rules below $identities are identities: a block beyond $block_records is a star, compared with its first
-- record only, for that links what belongs together at the cost of its size and not of its square; one that too many names
-- share ($shared_names) identifies nobody, and beyond $shared_records it is refused: it stands in silver.shared_values. Others
-- bring candidates: beyond $block_records, or $loose_records of a key that strangers share (rules from $loose on), they are
-- refused: silver.blocking_rules counts what is lost by that.
SELECT
  sizes.rule,
  sizes.block_key,
  sizes.records,
  sizes.first_key,
  names.names,
  CASE
    WHEN sizes.rule < $identities AND names.names > $shared_names AND sizes.records > $shared_records THEN 'refused'
    WHEN sizes.rule < $identities AND sizes.records > $block_records THEN 'star'
    WHEN sizes.rule < $identities THEN 'paired'
    WHEN sizes.records > CASE WHEN sizes.rule < $loose THEN $block_records ELSE $loose_records END THEN 'refused'
    ELSE 'paired'
  END AS treatment
FROM scratch.block_sizes AS sizes
LEFT JOIN scratch.block_names AS names ON names.rule = sizes.rule AND names.block_key = sizes.block_key
