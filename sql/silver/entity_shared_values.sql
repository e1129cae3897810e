-- Match values of one entity that identify nobody, because too many names share them.
SELECT $entity AS entity, rule_names($entity, 1::BIGINT << rule) AS match_key, block_key, records, names, $run_id AS run_id
FROM scratch.blocks
WHERE names > $shared_names
