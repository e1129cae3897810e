//! What a user writes: `c360.toml` and `mappings/*.sql`.

use crate::{PipelineError, Result};
use records::country::Country;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// A project folder, read and validated.
#[derive(Clone, Debug)]
pub struct Project {
    pub root: PathBuf,
    /// A folder or `s3://bucket/prefix`.
    pub lake: String,
    pub landing: String,
    pub country: Option<Country>,
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
    /// The mapping's SELECT and where it stands.
    pub mapping: String,
    pub mapping_file: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extract {
    Incremental,
    /// A record that a later full extract lacks was deleted.
    Full,
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
}

impl Entity {
    pub const ALL: [Entity; 12] = [
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
        }
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
}

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
        let mut feeds: Vec<Feed> = Vec::with_capacity(written.feeds.len());
        for feed in written.feeds {
            check_name(&feed.name).map_err(&fail)?;
            if feeds.iter().any(|other| other.name == feed.name) {
                return Err(fail(format!("two [[feeds]] are named {:?}", feed.name)));
            }
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
        Ok(Project {
            lake: place(written.lake, "./lake"),
            landing: place(written.landing, "./landing"),
            country,
            feeds,
            root: root.to_owned(),
        })
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
