//! What is asked of one record, and what is answered.

use linkage::Part;
use serde::Serialize;

/// A record that is asked about.
pub enum Asked<'a> {
    /// As a source writes it: a row of this feed.
    OfFeed(&'a str),
    /// In the columns of its entity, person or account.
    Of(crate::Entity),
}

/// What the next run would make of a record, if nothing else came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// It belongs to one customer.
    Match,
    /// It belongs to several that are apart today: it would join them.
    Several,
    /// It may belong to one; a steward would be asked.
    Review,
    /// It is nobody's, or leaves the customer whose it is: a customer of its own.
    New,
}

/// A customer that a record may belong to.
#[derive(Clone, Debug, Serialize)]
pub struct Candidate {
    pub customer_id: String,
    /// Would the record belong to it?
    pub is_joined: bool,
    /// The record of this customer that weighs most.
    pub source_system: String,
    pub source_record_id: String,
    /// As in `silver.scored_edges`: `auto` or `review`; or what a steward decided: `same`, `distinct`. And why.
    pub decision: String,
    pub reason: String,
    pub match_keys: String,
    /// Bits.
    pub match_weight: f64,
    pub match_probability: f64,
    /// What adds up to the weight, the prior first.
    pub parts: Vec<Part>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    pub entity: &'static str,
    pub decision: Decision,
    /// Where the decision is `match`.
    pub customer_id: Option<String>,
    /// Whose the record of this source and id is in the lake, where there is one: this one is taken for its newer version. Where
    /// it belongs to another customer now, a run may keep either id for both.
    pub known_as: Option<String>,
    /// The strongest first.
    pub candidates: Vec<Candidate>,
    /// Blocking rules by which it was compared with nobody: too many share the value.
    pub not_compared: Vec<String>,
    /// The model, and the run whose customers these are.
    pub model_id: Option<String>,
    pub run_id: Option<String>,
}
