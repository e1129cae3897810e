//! What may be typed after `c360 steward`.

use super::{Micros, Party, RecordName, parse_record, parse_time};
use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub enum StewardCommand {
    /// Two records are one customer
    Same(DecisionArgs),
    /// Two records are two customers
    Distinct(DecisionArgs),
    /// The golden value of an attribute, whatever the rule says
    Value(ValueArgs),
}

// No `Debug`: it is a person.
#[derive(Args)]
pub struct ValueArgs {
    /// A record of the customer, SOURCE:ID
    #[arg(value_parser = parse_record)]
    pub record: RecordName,
    /// As `c360 show` names it
    pub attribute: String,
    /// As `c360 show` prints it; any text for a company's names, a segment, a stage, an industry, and a mapping's further columns
    #[arg(required_unless_present = "take_back")]
    pub value: Option<String>,
    /// Let the rule decide again
    #[arg(long, conflicts_with = "value")]
    pub take_back: bool,
    /// Until when: 2026-03-01 or 2026-03-01T09:30:00Z [default: for ever]
    #[arg(long, value_name = "TIME", value_parser = parse_time, conflicts_with = "take_back")]
    pub until: Option<Micros>,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, value_enum, default_value_t = Party::Person)]
    pub entity: Party,
}

#[derive(Debug, Args)]
pub struct DecisionArgs {
    /// A record, SOURCE:ID
    #[arg(value_parser = parse_record)]
    pub a: RecordName,
    /// Another record, SOURCE:ID
    #[arg(value_parser = parse_record)]
    pub b: RecordName,
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[arg(long, value_enum, default_value_t = Party::Person)]
    pub entity: Party,
}
