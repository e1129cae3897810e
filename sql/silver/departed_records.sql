-- Records that were in the crosswalk once and are not now. Those that departed before were not in the last one.
SELECT departed.entity, departed.source_system, departed.source_record_id, departed.customer_id, departed.run_id
FROM scratch.previous_departed_records AS departed
LEFT ANTI JOIN silver.crosswalk AS crosswalk
  ON crosswalk.record_key = record_key(departed.entity, departed.source_system, departed.source_record_id)
UNION ALL
SELECT previous.entity, previous.source_system, previous.source_record_id, previous.customer_id, $run_id AS run_id
FROM scratch.previous_crosswalk AS previous
LEFT ANTI JOIN silver.crosswalk AS crosswalk ON crosswalk.record_key = previous.record_key
