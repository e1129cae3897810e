-- The models of before, and those of this run that are new.
SELECT * FROM scratch.previous_match_models
UNION ALL
SELECT trained.*
FROM scratch.trained_models AS trained
LEFT ANTI JOIN scratch.previous_match_models AS previous
  ON previous.entity = trained.entity AND previous.model_id = trained.model_id
