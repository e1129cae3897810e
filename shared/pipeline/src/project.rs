//! What a user writes: `c360.toml` and `mappings/*.sql`.

mod cleaning;
mod consent;
mod customers;
mod extracts;
mod golden;
mod labels;
mod limits;
mod matching;
mod reading;
mod survivorship;

use crate::{PipelineError, Result, standardize};
pub use cleaning::{Cleaning, SENSITIVE};
pub use consent::ConsentRules;
pub use customers::{CustomerRules, Predicate};
pub(crate) use extracts::Shipped as ShippedExtracts;
pub use extracts::{ExtractRule, Format, Platform, Purpose};
pub use golden::{GoldenRules, Segment};
pub use labels::{Label, Labels};
pub use limits::{KPIS, Limit};
use mastering::{ALL_VALUES, Criterion};
pub use matching::Matching;
pub use reading::Reading;
use records::country::Country;
use serde::Deserialize;
use std::path::{Path, PathBuf};
pub use survivorship::is_free_text;
pub(crate) use survivorship::is_standard;

/// A project folder, read and validated.
#[derive(Clone, Debug)]
pub struct Project {
    pub root: PathBuf,
    /// A folder or `s3://bucket/prefix`.
    pub lake: String,
    pub landing: String,
    pub country: Option<Country>,
    pub matching: Matching,
    pub customers: CustomerRules,
    pub consent: ConsentRules,
    pub golden: GoldenRules,
    pub limits: Vec<Limit>,
    /// Beside those that are shipped.
    pub extracts: Vec<ExtractRule>,
    pub feeds: Vec<Feed>,
}

/// One `[[feeds]]` entry with its mapping.
#[derive(Clone, Debug)]
pub struct Feed {
    pub name: String,
    pub source: String,
    pub role: String,
    pub entity: Entity,
    /// Glob below the landing place.
    pub files: String,
    pub extract: Extract,
    /// Rows get the tag `LegacySource`.
    pub is_legacy: bool,
    pub reading: Reading,
    pub cleaning: Cleaning,
    pub on_drift: OnDrift,
    /// Of a full extract: the share of the feed's records that it may lack without being held.
    pub max_deleted_share: f64,
    /// Names of files that a person let in: full extracts that lack many records, files of other columns.
    pub released: Vec<String>,
    /// The mapping's SELECT and where it stands.
    pub mapping: String,
    pub mapping_file: String,
}

impl Feed {
    /// One that no project declares: its rows count as they are, with every column.
    pub(crate) fn undeclared(name: &str, entity: Entity) -> Feed {
        Feed {
            name: name.into(),
            source: String::new(),
            role: String::new(),
            entity,
            files: String::new(),
            extract: Extract::Incremental,
            is_legacy: false,
            reading: Reading::default(),
            cleaning: Cleaning::default(),
            on_drift: OnDrift::Accept,
            max_deleted_share: 1.0,
            released: Vec::new(),
            mapping: "SELECT * FROM input".into(),
            mapping_file: format!("the {name}"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extract {
    Incremental,
    /// A record that a later full extract lacks was deleted.
    Full,
}

/// What a file means whose columns are not those of the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnDrift {
    /// Nothing: the change is recorded.
    Accept,
    /// It is taken in, and the run's report tells.
    #[default]
    Warn,
    /// It is held until its name is among [`Feed::released`].
    Stop,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entity {
    Person,
    Account,
    ContactPoint,
    Address,
    Consent,
    Preference,
    Relationship,
    Order,
    Invoice,
    Subscription,
    Ticket,
    Interaction,
    /// Reference data: what is known of a postcode, a mail domain, a company. It is nobody's record.
    Postcode,
    MailDomain,
    Firmographic,
}

impl Entity {
    pub const ALL: [Entity; 15] = [
        Entity::Person,
        Entity::Account,
        Entity::ContactPoint,
        Entity::Address,
        Entity::Consent,
        Entity::Preference,
        Entity::Relationship,
        Entity::Order,
        Entity::Invoice,
        Entity::Subscription,
        Entity::Ticket,
        Entity::Interaction,
        Entity::Postcode,
        Entity::MailDomain,
        Entity::Firmographic,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Entity::Person => "person",
            Entity::Account => "account",
            Entity::ContactPoint => "contact_point",
            Entity::Address => "address",
            Entity::Consent => "consent",
            Entity::Preference => "preference",
            Entity::Relationship => "relationship",
            Entity::Order => "order",
            Entity::Invoice => "invoice",
            Entity::Subscription => "subscription",
            Entity::Ticket => "ticket",
            Entity::Interaction => "interaction",
            Entity::Postcode => "postcode",
            Entity::MailDomain => "mail_domain",
            Entity::Firmographic => "firmographic",
        }
    }

    /// The silver table that its rows go to.
    pub fn table(self) -> &'static str {
        match self {
            Entity::Person => "silver.person_records",
            Entity::Account => "silver.account_records",
            Entity::ContactPoint => "silver.contact_points",
            Entity::Address => "silver.addresses",
            Entity::Consent => "silver.consents",
            Entity::Preference => "silver.preferences",
            Entity::Relationship => "silver.relationships",
            Entity::Order => "silver.orders",
            Entity::Invoice => "silver.invoices",
            Entity::Subscription => "silver.subscriptions",
            Entity::Ticket => "silver.tickets",
            Entity::Interaction => "silver.interactions",
            Entity::Postcode => "silver.postcodes",
            Entity::MailDomain => "silver.mail_domains",
            Entity::Firmographic => "silver.firmographics",
        }
    }
}

impl Feed {
    /// Has a person let this file in? By its path below the landing place, or its name.
    pub fn is_released(&self, file: &str) -> bool {
        let name = file.rsplit('/').next().unwrap_or_default();
        let mut released = self.released.iter();
        released.any(|released| *released == file || released == name)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    lake: Option<Place>,
    landing: Option<Place>,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    matching: matching::Written,
    #[serde(default)]
    customers: customers::Written,
    #[serde(default)]
    consent: consent::Written,
    #[serde(default)]
    golden: golden::Written,
    #[serde(default)]
    segments: golden::WrittenSegments,
    #[serde(default)]
    survivorship: survivorship::Written,
    #[serde(default)]
    limits: Vec<limits::Written>,
    #[serde(default)]
    extracts: Vec<extracts::Written>,
    #[serde(default)]
    feeds: Vec<WrittenFeed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    location: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Defaults {
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFeed {
    name: String,
    source: String,
    role: Option<String>,
    entity: Entity,
    files: String,
    #[serde(default = "incremental")]
    extract: Extract,
    #[serde(default)]
    legacy: bool,
    delimiter: Option<String>,
    quote: Option<String>,
    header: Option<bool>,
    encoding: Option<String>,
    sheet: Option<String>,
    max_field_mb: Option<u64>,
    max_unpacked_mb: Option<u64>,
    max_unpack_ratio: Option<u64>,
    commit_rows: Option<u64>,
    max_deleted_share: Option<f64>,
    #[serde(default)]
    released: Vec<String>,
    #[serde(default)]
    rules_off: Vec<String>,
    date_order: Option<String>,
    #[serde(default)]
    keep_plain: Vec<String>,
    #[serde(default)]
    on_drift: OnDrift,
}

/// See [`Feed::max_deleted_share`].
const MAX_DELETED_SHARE: f64 = 0.2;

fn incremental() -> Extract {
    Extract::Incremental
}

impl Project {
    /// Reads `c360.toml` and every mapping it names.
    ///
    /// Errors name the file and say what to write instead.
    pub fn load(root: &Path) -> Result<Project> {
        let file = root.join("c360.toml");
        let shown = file.display().to_string();
        let fail = |message: String| PipelineError::Project {
            file: shown.clone(),
            message,
        };
        let text = std::fs::read_to_string(&file).map_err(|error| {
            fail(format!(
                "cannot be read ({error}); `c360 init DIR` writes a starting project, --project names its folder"
            ))
        })?;
        let written: Written =
            toml::from_str(&text).map_err(|error| fail(error.to_string().trim().to_owned()))?;
        let country = match &written.defaults.country {
            Some(text) => Some(Country::parse(text).ok_or_else(|| {
                fail(format!(
                    "[defaults] country = {text:?} is no country; write its ISO code, such as \"US\""
                ))
            })?),
            None => None,
        };
        let labels = written.matching.labels();
        let mut matching = written.matching.read().map_err(&fail)?;
        if let Some(labels) = labels {
            matching.labels = Labels::read(&root.join(labels))?;
        }
        let mut feeds: Vec<Feed> = Vec::with_capacity(written.feeds.len());
        for feed in written.feeds {
            check_name(&feed.name).map_err(&fail)?;
            if feeds.iter().any(|other| other.name == feed.name) {
                return Err(fail(format!("two [[feeds]] are named {:?}", feed.name)));
            }
            let role = feed.role.as_ref().unwrap_or(&feed.source);
            if role.contains('>') || role == ALL_VALUES || Criterion::named(role).is_some() {
                return Err(fail(format!(
                    "feed {}: the role {role:?} would be a criterion in [survivorship]; choose another word",
                    feed.name
                )));
            }
            if feed.name == standardize::REQUESTS {
                return Err(fail(format!(
                    "feed {}: the name is taken, by what `c360 consent set` records; choose another",
                    feed.name
                )));
            }
            check_pattern(&feed.files).map_err(|why| {
                fail(format!(
                    "feed {}: files = {:?} {why}",
                    feed.name, feed.files
                ))
            })?;
            let max_deleted_share = feed.max_deleted_share.unwrap_or(MAX_DELETED_SHARE);
            if !(0.0..=1.0).contains(&max_deleted_share) {
                return Err(fail(format!(
                    "feed {}: max_deleted_share = {max_deleted_share} is no share; write a number from 0 to 1",
                    feed.name
                )));
            }
            let of_feed = |why: String| fail(format!("feed {}: {why}", feed.name));
            let reading = reading::Written {
                delimiter: feed.delimiter,
                quote: feed.quote,
                header: feed.header,
                encoding: feed.encoding,
                sheet: feed.sheet,
                max_field_mb: feed.max_field_mb,
                max_unpacked_mb: feed.max_unpacked_mb,
                max_unpack_ratio: feed.max_unpack_ratio,
                commit_rows: feed.commit_rows,
            };
            let cleaning = cleaning::Written {
                rules_off: feed.rules_off,
                date_order: feed.date_order,
                keep_plain: feed.keep_plain,
            };
            let reading = reading.read().map_err(of_feed)?;
            let cleaning = cleaning.read().map_err(of_feed)?;
            let path = root.join("mappings").join(format!("{}.sql", feed.name));
            let mapping_file = path.display().to_string();
            let mapping =
                std::fs::read_to_string(&path).map_err(|error| PipelineError::Project {
                    file: mapping_file.clone(),
                    message: format!(
                        "the mapping of feed {} cannot be read ({error}); write one SELECT … FROM input",
                        feed.name
                    ),
                })?;
            feeds.push(Feed {
                role: feed.role.unwrap_or_else(|| feed.source.clone()),
                name: feed.name,
                source: feed.source,
                entity: feed.entity,
                files: feed.files,
                extract: feed.extract,
                is_legacy: feed.legacy,
                reading,
                cleaning,
                on_drift: feed.on_drift,
                max_deleted_share,
                released: feed.released,
                mapping,
                mapping_file,
            });
        }
        let place = |place: Option<Place>, default: &str| {
            let location = place.map_or_else(|| default.to_owned(), |place| place.location);
            if location.contains("://") || Path::new(&location).is_absolute() {
                location
            } else {
                root.join(location).display().to_string()
            }
        };
        let mut golden = written
            .golden
            .read(written.segments, &shown, &text)
            .map_err(&fail)?;
        golden.survivorship = written.survivorship.read(&feeds).map_err(&fail)?;
        let mut extracts: Vec<ExtractRule> = Vec::with_capacity(written.extracts.len());
        for extract in written.extracts {
            let extract = extract.read_below(root).map_err(&fail)?;
            if extracts.iter().any(|other| other.name == extract.name) {
                return Err(fail(format!(
                    "two [[extracts]] are named {:?}",
                    extract.name
                )));
            }
            extracts.push(extract);
        }
        Ok(Project {
            lake: place(written.lake, "./lake"),
            landing: place(written.landing, "./landing"),
            country,
            matching,
            customers: written.customers.read(&shown, &text),
            consent: written.consent.read(country).map_err(&fail)?,
            golden,
            limits: limits::read(written.limits).map_err(&fail)?,
            extracts,
            feeds,
            root: root.to_owned(),
        })
    }
}

/// A glob that could never match a path below the landing place is a mistake, and would match nothing in silence.
fn check_pattern(pattern: &str) -> Result<(), &'static str> {
    if pattern.trim().is_empty() {
        return Err("is empty; write a glob such as \"crm_contacts*.csv\"");
    }
    let is_outside = |part: &str| part == ".." || part == ".";
    if pattern.starts_with('/') || pattern.contains("://") || pattern.split('/').any(is_outside) {
        return Err(
            "leaves the landing place; write a glob below [landing] location, without a leading / and without ./ or ../",
        );
    }
    let (mut in_class, mut braces, mut letters) = (false, 0_u32, pattern.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if letters.next().is_none() => {
                return Err("ends in a backslash that escapes nothing");
            }
            ']' => in_class = false,
            '[' => in_class = true,
            '{' if !in_class => braces += 1,
            '}' if !in_class => braces = braces.saturating_sub(1),
            _ => {}
        }
    }
    match (in_class, braces) {
        (true, _) => Err("opens a [ and does not close it; write \\[ for the character itself"),
        (_, 1..) => Err("opens a { and does not close it; write \\{ for the character itself"),
        _ => Ok(()),
    }
}

fn check_name(name: &str) -> Result<(), String> {
    let ok = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if ok {
        return Ok(());
    }
    Err(format!(
        "feed name {name:?}: use lower-case letters, digits and _ (it names mappings/{name}.sql)"
    ))
}

#[cfg(test)]
mod tests {
    use super::check_pattern;

    #[test]
    fn patterns_that_match_nothing_are_refused() {
        for pattern in [
            "",
            " ",
            "crm[.csv",
            "crm{a,b.csv",
            "crm\\",
            "/data/crm.csv",
            "../crm.csv",
            "a/../b.csv",
            "./crm.csv",
            "s3://bucket/crm.csv",
            "[a-",
            "{a,{b,c}.csv",
        ] {
            assert!(check_pattern(pattern).is_err(), "{pattern}");
        }
        for pattern in [
            "crm*.csv",
            "**/crm_*.csv",
            "crm[0-9].csv",
            "crm.{csv,tsv}",
            "crm\\[1\\].csv",
            "a..b.csv",
            "crm?.csv",
            "!crm.csv",
            "[!{]*.csv",
        ] {
            assert_eq!(check_pattern(pattern), Ok(()), "{pattern}");
        }
    }
}
