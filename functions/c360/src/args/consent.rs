//! What may be typed after `c360 consent`.

use super::{Micros, Party, parse_time};
use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub enum ConsentCommand {
    /// What was stated of a contact point, by whom, and what each statement does (--as-of; now)
    Why(WhyArgs),
    /// Record what somebody asked for in person; it outlives whatever the sources deliver
    Set(RequestArgs),
}

// No `Debug`: it is a person.
#[derive(Args)]
pub struct WhyArgs {
    /// An e-mail address, a phone number, or a customer_id (for post)
    pub contact: String,
    /// Only this purpose, such as marketing
    #[arg(long)]
    pub purpose: Option<String>,
    /// Only this channel
    #[arg(long, value_parser = CHANNELS)]
    pub channel: Option<String>,
    /// Print it as one JSON object
    #[arg(long)]
    pub json: bool,
}

const CHANNELS: [&str; 5] = ["email", "sms", "phone", "post", "ads"];

// No `Debug`: it is a person.
#[derive(Args)]
pub struct RequestArgs {
    /// An e-mail address, a phone number, or a record, SOURCE:ID
    #[arg(value_name = "CONTACT|SOURCE:ID")]
    pub subject: String,
    #[arg(value_enum)]
    pub status: Wish,
    /// Such as marketing, service, profiling, sale [default: all, of a denial]
    #[arg(long)]
    pub purpose: Option<String>,
    /// email, sms, phone, post or ads [default: all, of a denial]
    #[arg(long, value_parser = CHANNELS)]
    pub channel: Option<String>,
    /// Who takes the request
    #[arg(long, value_name = "NAME")]
    pub by: String,
    /// How it was made: a letter, a call, a form
    #[arg(long, value_name = "TEXT")]
    pub evidence: String,
    /// Of a grant: when it ends
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub expires_at: Option<Micros>,
    /// What a grant stands on [default: consent]
    #[arg(long, value_name = "BASIS")]
    pub legal_basis: Option<String>,
    /// The law that it is made under, such as DE or US-CA
    #[arg(long, value_name = "COUNTRY")]
    pub jurisdiction: Option<String>,
    #[arg(long, value_enum, default_value_t = Party::Person)]
    pub entity: Party,
}

/// What somebody asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Wish {
    /// Write to me
    Granted,
    /// Do not
    Denied,
    /// Not any more
    Withdrawn,
}

impl Wish {
    pub fn is_grant(self) -> bool {
        self == Wish::Granted
    }

    pub fn as_str(self) -> &'static str {
        match self {
            // said in person, to somebody who wrote it down: there is nothing left to confirm
            Wish::Granted => "confirmed",
            Wish::Denied => "denied",
            Wish::Withdrawn => "withdrawn",
        }
    }
}
