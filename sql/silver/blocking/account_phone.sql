-- Candidates: a phone number in E.164.
SELECT record_key, key_hash(match_value) AS block_key
FROM scratch.match_points
WHERE entity = 'account' AND channel = 'phone'
