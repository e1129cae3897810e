//! What may be typed.

mod consent;
mod steward;

pub use consent::{ConsentCommand, RequestArgs, WhyArgs};
pub use steward::{DecisionArgs, StewardCommand, ValueArgs};

use chrono::{DateTime, NaiveDate, NaiveTime};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Golden customers and consent-safe files from the extracts of your systems.
// No `Debug`: what is looked for may be an e-mail address.
#[derive(Parser)]
#[command(name = "c360", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Clone, Debug, Args)]
pub struct Common {
    /// The folder with c360.toml
    #[arg(long, global = true, default_value = ".", value_name = "DIR")]
    pub project: PathBuf,
    /// The time as of which everything is computed: 2026-03-01 or 2026-03-01T09:30:00Z [default: now]
    #[arg(long, global = true, value_name = "TIME", value_parser = parse_time)]
    pub as_of: Option<Micros>,
    /// Threads of a query [default: as many as the machine has]
    #[arg(
        long,
        global = true,
        value_name = "N",
        default_value_t = 0,
        hide_default_value = true
    )]
    pub threads: usize,
    /// Ceiling of query memory, such as 4GiB; beyond it work goes to disk [default: none]
    #[arg(long, global = true, value_name = "SIZE", value_parser = parse_bytes)]
    pub memory: Option<usize>,
    /// SQL files here stand in for the shipped ones of the same path
    #[arg(long, global = true, hide = true, value_name = "DIR")]
    pub sql_dir: Option<PathBuf>,
}

/// Microseconds since 1970, UTC.
pub type Micros = i64;

#[derive(Subcommand)]
pub enum Command {
    /// Write five systems' extracts of an invented company, run every stage on them, and score the result
    Demo(DemoArgs),
    /// Write a commented starting project into a new folder
    Init {
        /// The folder: new or empty
        dir: PathBuf,
    },
    /// Plan every mapping against a sample of its file; writes nothing
    Check(Landing),
    /// Run all stages, or one, on what is new
    Run(RunArgs),
    /// Decide anew who is who; --plan shows what that would change, and publishes nothing
    Resolve(ResolveArgs),
    /// Make the golden customers anew; --plan shows what that would publish, and publishes nothing
    Golden(GoldenArgs),
    /// One HTML page: the KPIs of the last publication, how they came about, and the limits that they pass
    Report(ReportArgs),
    /// Table versions, what is not consumed yet, how old the newest answer is
    Status(StatusArgs),
    /// A link that lets whoever has it download the newest file of an extract
    #[cfg(feature = "s3")]
    Link(LinkArgs),
    /// What waits in a queue of dead letters, with its reason; --apply sends it back
    #[cfg(feature = "s3")]
    Redrive(RedriveArgs),
    /// Everything held on one customer, and where each value comes from
    Show {
        /// A customer_id, current or replaced
        customer_id: String,
    },
    /// Customers by name, e-mail, phone or id
    Find(FindArgs),
    /// Which customer a record belonged to at a time, with whom, and under which model and rules (--as-of; now)
    Who(WhoArgs),
    /// Which customer a record belongs to that no run has seen yet; writes nothing
    Match(MatchArgs),
    /// Why two records are one customer, or are not
    Explain(ExplainArgs),
    /// What the matching model believes, and what blocking brought it
    #[command(subcommand)]
    Model(ModelCommand),
    /// Where a feed's columns, or a record's values, come from
    Lineage(LineageArgs),
    /// How good the sources are, what the columns of a feed hold, and what standardizing did to them
    Profile(ProfileArgs),
    /// Ask the tables anything, in SQL
    Query {
        /// One SELECT; tables are named layer.table, such as gold.dim_customer
        // SQL may begin with a comment, which is no option
        #[arg(allow_hyphen_values = true)]
        sql: String,
    },
    /// Every table and column, and what each means, as Markdown
    Dictionary,
    /// Write one table as a file
    Export(ExportArgs),
    /// Precision and recall of the crosswalk against known truth
    Evaluate(EvaluateArgs),
    /// Join small files, write checkpoints, delete files that no version of the last 7 days needs
    Maintain,
    /// What waits for a steward's decision, the most urgent first
    Review(ReviewArgs),
    /// Why a contact point may be used or not; what people ask for at the front desk
    #[command(subcommand)]
    Consent(ConsentCommand),
    /// Decide whether two records are one customer; the next run applies it
    #[command(subcommand)]
    Steward(StewardCommand),
}

#[derive(Clone, Debug, Args)]
pub struct Landing {
    /// Where extracts arrive, in place of the project's [landing]: a folder or s3://bucket/prefix
    #[arg(long, value_name = "DIR")]
    pub landing: Option<String>,
}

#[derive(Debug, Args)]
pub struct RunArgs {
    /// Only this stage
    pub stage: Option<StageName>,
    #[command(flatten)]
    pub landing: Landing,
    /// Publish, this once, even if more records get another customer_id than [matching] id_churn_limit allows
    #[arg(long)]
    pub accept_id_churn: bool,
    /// Publish, this once, though this KPI passes a limit of [[limits]] that stops a publication; may be repeated
    #[arg(long, value_name = "KPI", value_parser = parse_kpi)]
    pub accept: Vec<String>,
    /// Print the report as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// Publish nothing; show the customers that would be merged and split, and the records and consents that would move
    #[arg(long)]
    pub plan: bool,
    /// How many moves to list
    #[arg(long, value_name = "N", default_value_t = 20, requires = "plan")]
    pub limit: usize,
    /// Publish, this once, even if more records get another customer_id than [matching] id_churn_limit allows
    #[arg(long, conflicts_with = "plan")]
    pub accept_id_churn: bool,
    /// Compare all pairs again, with the model as it is, new or not
    #[arg(long)]
    pub compare_all: bool,
    /// Train the model on all records, and compare all pairs with it
    #[arg(long)]
    pub train: bool,
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct GoldenArgs {
    /// Publish nothing; show KPIs, change events, and the limits and checks that would stop it
    #[arg(long)]
    pub plan: bool,
    /// Publish, this once, though this KPI passes a limit of [[limits]] that stops a publication; may be repeated
    #[arg(long, value_name = "KPI", value_parser = parse_kpi, conflicts_with = "plan")]
    pub accept: Vec<String>,
    /// Print the outcome as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// The file to write
    #[arg(long, value_name = "FILE", default_value = "c360-report.html")]
    pub out: PathBuf,
}

#[derive(Debug, Args)]
pub struct StatusArgs {
    /// Print the status as one JSON object
    #[arg(long)]
    pub json: bool,
    /// Queues to look at as well: the start of their names, or a URL
    #[cfg(feature = "s3")]
    #[arg(long, value_name = "PREFIX|URL", num_args = 1..)]
    pub queues: Vec<String>,
}

#[cfg(feature = "s3")]
#[derive(Debug, Args)]
pub struct LinkArgs {
    /// Such as audience_email
    pub extract: String,
    /// How long the link lasts, such as 15m, 2h or 7d
    #[arg(long, value_name = "TIME", default_value = "15m", value_parser = parse_duration)]
    pub expires: std::time::Duration,
}

#[cfg(feature = "s3")]
#[derive(Debug, Args)]
pub struct RedriveArgs {
    /// Name or URL of the queue of dead letters
    pub queue: String,
    /// Send the messages back to the queue that they came from
    #[arg(long, conflicts_with = "discard")]
    pub apply: bool,
    /// Only messages with this in their reason, file or id
    #[arg(long, value_name = "SUBSTRING")]
    pub only: Option<String>,
    /// Where to send them back [default: the queue whose redrive policy names this one]
    #[arg(long, value_name = "URL")]
    pub to: Option<String>,
    /// Delete the messages for good
    #[arg(long = "drop")]
    pub discard: bool,
    /// Yes, delete them
    #[arg(long)]
    pub yes: bool,
}

/// The stages, in the order of a record's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StageName {
    Standardize,
    Resolve,
    Golden,
    Extract,
}

impl StageName {
    pub fn as_str(self) -> &'static str {
        match self {
            StageName::Standardize => "standardize",
            StageName::Resolve => "resolve",
            StageName::Golden => "golden",
            StageName::Extract => "extract",
        }
    }
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where the demo lives
    #[arg(long, default_value = "./c360-demo", value_name = "DIR")]
    pub dir: PathBuf,
    /// People to invent
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    pub people: usize,
    /// The same seed gives the same people
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
}

#[derive(Args)]
pub struct FindArgs {
    /// Part of a name, e-mail, phone or id
    pub text: String,
    /// Customers to show at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
}

#[derive(Debug, Args)]
pub struct WhoArgs {
    /// A record, SOURCE:ID, or a customer_id that was ever published
    #[arg(value_name = "SOURCE:ID|CUSTOMER_ID")]
    pub of: String,
    /// Of a record; a customer_id tells its own
    #[arg(long, value_enum, default_value_t = Party::Person)]
    pub entity: Party,
    /// Print it as one JSON object
    #[arg(long)]
    pub json: bool,
}

// No `Debug`: it is a person.
#[derive(Args)]
pub struct MatchArgs {
    /// One JSON object: the columns of a person or an account, such as given_name and email, or a row as the feed's source writes
    /// it; `-` reads it from standard input
    #[arg(value_name = "RECORD|-")]
    pub record: String,
    /// The feed whose mapping reads the record
    #[arg(long, conflicts_with = "entity")]
    pub feed: Option<String>,
    /// What the record is, where no feed tells
    #[arg(long, value_enum, default_value_t = Party::Person)]
    pub entity: Party,
    /// Print it as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// Cases to show at most
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub limit: usize,
}

#[derive(Debug, Args)]
pub struct LineageArgs {
    /// A feed, such as crm_contacts, or a record, SOURCE:ID
    #[arg(value_name = "FEED|SOURCE:ID")]
    pub of: String,
    #[command(flatten)]
    pub landing: Landing,
    /// Print it as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// A feed, such as crm_contacts: its newest file, column by column [default: every source, in a line]
    pub feed: Option<String>,
    /// List the rules of standardizing, which `rules_off` of a feed switches off
    #[arg(long, conflicts_with = "feed")]
    pub rules: bool,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A record, SOURCE:ID
    #[arg(value_parser = parse_record, required_unless_present = "plan")]
    pub a: Option<RecordName>,
    /// Another record, SOURCE:ID
    #[arg(value_parser = parse_record, required_unless_present = "plan")]
    pub b: Option<RecordName>,
    #[arg(long, value_enum, default_value_t = Party::Person)]
    pub entity: Party,
    /// Resolve everything and publish nothing: what is compared and by which blocking rules, and why; how long each step
    /// takes, and the plan that DataFusion executed for it
    #[arg(long, conflicts_with_all = ["a", "b"])]
    pub plan: bool,
    /// Draw how the terms sum up to the match weight, into this file (.html or .svg)
    #[arg(long, value_name = "FILE", conflicts_with = "plan")]
    pub chart: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// m, u and weight of every level, and the pairs of every blocking rule
    Show {
        /// Such as M-575ffa6c0e93051a [default: the one that the newest edges were weighed with]
        model_id: Option<String>,
        #[arg(long, value_enum, default_value_t = Party::Person)]
        entity: Party,
        /// Draw weights, m and u into this file: one page (.html), or the weights alone (.svg)
        #[arg(long, value_name = "FILE")]
        chart: Option<PathBuf>,
    },
    /// Two models side by side: what each level weighs in both
    Compare {
        /// Such as M-575ffa6c0e93051a
        a: String,
        /// Another one [default: the one that the newest edges were weighed with]
        b: Option<String>,
        #[arg(long, value_enum, default_value_t = Party::Person)]
        entity: Party,
    },
    /// Train on all current records, and resolve them by it: c360 resolve --train
    Train(ResolveArgs),
}

#[derive(Debug, Args)]
pub struct ExportArgs {
    /// layer.table, such as gold.dim_customer
    pub table: String,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub format: Format,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Csv,
    Parquet,
    Ndjson,
}

#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// CSV with source, record_id, entity_id; an `entity` column (person, account) if it is not all persons
    #[arg(long, value_name = "FILE")]
    pub truth: PathBuf,
    /// Print the measures as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// What a customer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Party {
    Person,
    Account,
}

impl Party {
    pub fn kind(self) -> linkage::Entity {
        match self {
            Party::Account => linkage::Entity::Account,
            Party::Person => linkage::Entity::Person,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Party::Person => "person",
            Party::Account => "account",
        }
    }
}

/// A record of a source: `SOURCE:ID`. Ids may hold colons, sources may not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordName {
    pub source: String,
    pub id: String,
}

impl std::fmt::Display for RecordName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.source, self.id)
    }
}

pub fn parse_record(text: &str) -> Result<RecordName, String> {
    match text.split_once(':') {
        Some((source, id)) if !source.is_empty() && !id.is_empty() => Ok(RecordName {
            source: source.to_owned(),
            id: id.to_owned(),
        }),
        _ => Err("write SOURCE:ID, such as crm:1001".into()),
    }
}

fn parse_kpi(text: &str) -> Result<String, String> {
    let known = pipeline::project::KPIS.map(|(kpi, _)| kpi);
    match known.contains(&text) {
        true => Ok(text.to_owned()),
        false => Err(format!("one of {}", known.join(", "))),
    }
}

fn parse_time(text: &str) -> Result<Micros, String> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.timestamp_micros());
    }
    match text.parse::<NaiveDate>() {
        Ok(date) => Ok(date.and_time(NaiveTime::MIN).and_utc().timestamp_micros()),
        Err(_) => Err("write 2026-03-01 or 2026-03-01T09:30:00Z".into()),
    }
}

/// Bytes: `4GiB`, `512 MB`, `1073741824`; K, M and G alone count in 1024s.
fn parse_bytes(text: &str) -> Result<usize, String> {
    let text = text.trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor: f64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kib" => 1024.0,
        "m" | "mib" => 1024.0 * 1024.0,
        "g" | "gib" => 1024.0 * 1024.0 * 1024.0,
        "kb" => 1e3,
        "mb" => 1e6,
        "gb" => 1e9,
        _ => return Err("write a size such as 4GiB or 512MiB".into()),
    };
    match number.parse::<f64>() {
        Ok(number) if number * factor >= 1.0 => Ok((number * factor) as usize),
        _ => Err("write a size such as 4GiB or 512MiB".into()),
    }
}

/// Time: `90s`, `15m`, `2h`, `7d`.
#[cfg(feature = "s3")]
fn parse_duration(text: &str) -> Result<std::time::Duration, String> {
    let wrong = || "write a time such as 15m, 2h or 7d".to_owned();
    let unit = text.trim().chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        _ => return Err(wrong()),
    };
    let number = text.trim().trim_end_matches(unit);
    match number.parse::<u64>() {
        Ok(number) if (1..=1_000_000).contains(&number) => {
            Ok(std::time::Duration::from_secs(number * seconds))
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    #[cfg(feature = "s3")]
    fn times_to_last_have_units() {
        let seconds = |text| parse_duration(text).map(|time| time.as_secs());
        assert_eq!(seconds("15m"), Ok(900));
        assert_eq!(seconds("7d"), Ok(604_800));
        for wrong in ["", "m", "15", "0s", "-1h", "15 elephants"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn times_are_instants_or_days() {
        assert_eq!(parse_time("1970-01-02"), Ok(86_400_000_000));
        assert_eq!(parse_time("1970-01-01T01:00:00+01:00"), Ok(0));
        assert!(parse_time("yesterday").is_err());
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_bytes("4GiB"), Ok(4 << 30));
        assert_eq!(parse_bytes("1.5 g"), Ok(3 << 29));
        assert_eq!(parse_bytes("500MB"), Ok(500_000_000));
        assert_eq!(parse_bytes("1024"), Ok(1024));
        for wrong in ["", "GiB", "4 elephants", "0", "-1"] {
            assert!(parse_bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn records_are_source_and_id() {
        let record = parse_record("crm:a:b").unwrap();
        assert_eq!((record.source.as_str(), record.id.as_str()), ("crm", "a:b"));
        assert!(parse_record("crm").is_err());
        assert!(parse_record(":1").is_err());
    }

    #[test]
    fn options_of_the_contract_are_read() {
        let cli = Cli::try_parse_from([
            "c360",
            "run",
            "--project",
            "p",
            "--landing",
            "in",
            "--as-of",
            "2026-03-01T00:00:00Z",
            "--json",
        ])
        .unwrap();
        let Command::Run(run) = cli.command else {
            panic!("not run")
        };
        assert_eq!(run.landing.landing.as_deref(), Some("in"));
        assert!(run.json && run.stage.is_none());
        assert_eq!(cli.common.as_of, Some(1_772_323_200_000_000));
        let cli = Cli::try_parse_from(["c360", "run", "resolve"]).unwrap();
        assert!(matches!(cli.command, Command::Run(run) if run.stage == Some(StageName::Resolve)));
        assert!(
            Cli::try_parse_from(["c360", "export", "gold.dim_customer", "--format", "xml"])
                .is_err()
        );
        assert!(
            Cli::try_parse_from([
                "c360", "steward", "same", "crm:1", "shop:2", "--by", "ann", "--reason", "called",
            ])
            .is_ok()
        );
    }
}
