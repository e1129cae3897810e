-- Identity: an e-mail address (Gmail dots and plus tags removed).
SELECT record_key, key_hash(match_value) AS block_key
FROM scratch.match_points
WHERE entity = 'person' AND channel = 'email'
