-- Candidates: an e-mail user who changed provider.
SELECT record_key, key_hash(split_part(match_value, '@', 1)) AS block_key
FROM scratch.match_points
WHERE entity = 'person' AND channel = 'email' AND length(split_part(match_value, '@', 1)) > 3
