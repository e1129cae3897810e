-- Candidates: the number that a state gives a person.
SELECT record_key, key_hash(national_id) AS block_key
FROM scratch.comparable_persons
WHERE national_id IS NOT NULL
