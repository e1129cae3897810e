-- silver.review_queue
-- Grain: one row per doubtful case for a steward: candidates, blocked auto-merges, weak bridges, records that fit two customers,
-- decisions that contradict each other, doubtful account links.
CREATE TABLE silver.review_queue (
  review_id TEXT,
  entity TEXT,
  -- candidate, conflict, weak_bridge; ambiguous_match: record a fits two customers nearly equally, b's and the other's;
  -- contradiction: a "same" that is not applied, since other decisions stand against it;
  -- account_link: a is the person's record, the customers are accounts that could be theirs (null: none is known)
  kind TEXT,
  a_source_system TEXT,
  a_source_record_id TEXT,
  b_source_system TEXT,
  b_source_record_id TEXT,
  a_customer_id TEXT,
  b_customer_id TEXT,
  -- the second candidate of an ambiguous_match: its record that fits best, and the customer
  other_source_system TEXT,
  other_source_record_id TEXT,
  other_customer_id TEXT,
  reason TEXT,
  -- what speaks for and what against, in bits, the heaviest first; where nothing was weighed, the reason
  explanation TEXT,
  name_similarity DOUBLE,
  -- probability that a and b are one (account_link: that a given one of the candidates is the account)
  confidence DOUBLE,
  -- of the customers that it is about, of a doubtful account link of the person; amounts as stated, whatever the currency
  orders BIGINT,
  spend DOUBLE,
  -- one of the customers granted what another denied
  has_consent_conflict BOOLEAN,
  -- log10(1 + orders) + log10(1 + spend), and 2 for a conflict of consent
  impact DOUBLE,
  -- confidence × (1 + impact): the greatest is looked at first
  priority DOUBLE,
  run_id TEXT
);
