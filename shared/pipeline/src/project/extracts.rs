//! `[[extracts]]`: the files that a project hands to others, beside those that c360 ships.

use consent::{parse_channel, parse_purpose};
use serde::Deserialize;
use std::path::Path;

/// The purpose of what stays in the house: nobody is contacted by it.
const ADMINISTRATION: &str = "administration";

/// What rows that are no more are named by, unless said otherwise.
const KEY: &str = "customer_id";

/// One file for others: its SELECT, and what it may be used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractRule {
    pub name: String,
    pub purpose: Purpose,
    pub format: Format,
    /// Contact data leaves as the hashes that this platform matches by.
    pub hash: Option<Platform>,
    /// Only what changed since the file before, which is told by these columns; empty: all rows.
    pub changed_by: Vec<String>,
    /// A file for each value of this column.
    pub partition_by: Option<String>,
    /// For how many days files are kept; `None`: for ever.
    pub keep_days: Option<u32>,
    pub select: String,
    /// Where the SELECT stands.
    pub file: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Own systems keep their records by it. It sees all of gold.
    Administration,
    /// It sees the contact points that may be used for it, and whose they are.
    Contact {
        /// `marketing`, `service` …
        purpose: String,
        /// `email`, `sms`, `phone`, `post`, `ads`
        channel: &'static str,
        /// It goes to somebody who uses it for themselves: who may not be sold is left out.
        is_shared: bool,
    },
}

impl Purpose {
    /// `administration`, `marketing` …
    pub fn name(&self) -> &str {
        match self {
            Purpose::Administration => ADMINISTRATION,
            Purpose::Contact { purpose, .. } => purpose,
        }
    }

    pub fn channel(&self) -> Option<&'static str> {
        match self {
            Purpose::Administration => None,
            Purpose::Contact { channel, .. } => Some(channel),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RFC 4180, UTF-8, with a header; nulls are empty.
    #[default]
    Csv,
    /// One JSON object a line; nulls are left out.
    Ndjson,
    Parquet,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Ndjson => "ndjson",
            Format::Parquet => "parquet",
        }
    }
}

/// An ad platform, by how it wants values before they are hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    Google,
    Meta,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rows {
    #[default]
    All,
    Changed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    name: String,
    purpose: Option<String>,
    channel: Option<String>,
    shared: Option<bool>,
    #[serde(default)]
    format: Format,
    hash: Option<Platform>,
    #[serde(default)]
    rows: Rows,
    key: Option<Vec<String>>,
    partition_by: Option<String>,
    keep_days: Option<u32>,
    /// The name of the file of its SELECT, where that is another's too.
    select: Option<String>,
}

/// `[[extracts]]`, read alone.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shipped {
    pub extracts: Vec<Written>,
}

impl Written {
    /// The SELECT is in `extracts/<name>.sql` of the project. Errors: what is wrong, and what to write instead.
    pub fn read_below(self, root: &Path) -> Result<ExtractRule, String> {
        let name = self.select_name().to_owned();
        super::check_name(&name).map_err(|why| format!("[[extracts]]: {why}"))?;
        let path = root.join("extracts").join(format!("{name}.sql"));
        let file = path.display().to_string();
        let select = std::fs::read_to_string(&path).map_err(|error| {
            format!("extract {name}: {file} cannot be read ({error}); write one SELECT … over gold")
        })?;
        self.read(select, file)
    }

    pub fn select_name(&self) -> &str {
        self.select.as_deref().unwrap_or(&self.name)
    }

    /// Errors: what is wrong, and what to write instead.
    pub fn read(self, select: String, file: String) -> Result<ExtractRule, String> {
        super::check_name(&self.name).map_err(|why| format!("[[extracts]]: {why}"))?;
        let at = format!("extract {}", self.name);
        let fail = |why: &str| format!("{at}: {why}");
        let purpose = self.purpose.as_deref().map(str::trim).unwrap_or_default();
        let purpose = match (purpose, self.channel) {
            ("", _) => {
                return Err(fail(
                    "it has no purpose; write purpose = \"marketing\" with a channel, or \"administration\" for what contacts nobody",
                ));
            }
            (ADMINISTRATION, None) if self.shared != Some(true) => Purpose::Administration,
            (ADMINISTRATION, _) => {
                return Err(fail(
                    "administration contacts nobody and stays in the house; it has no channel and is not shared",
                ));
            }
            (purpose, None) => {
                return Err(format!(
                    "{at}: {purpose} needs a channel: write channel = \"email\", \"sms\", \"phone\", \"post\" or \"ads\""
                ));
            }
            (purpose, Some(channel)) => {
                let channel = parse_channel(&channel).filter(|channel| *channel != "all");
                let channel = channel.ok_or_else(|| {
                    fail("its channel is none of email, sms, phone, post, ads; write one of them")
                })?;
                let purpose = parse_purpose(purpose);
                if purpose == "all" {
                    return Err(fail("all is no purpose; write one, such as \"marketing\""));
                }
                let is_sale = channel == "ads" || purpose == "sale";
                Purpose::Contact {
                    is_shared: self.shared.unwrap_or(is_sale),
                    purpose,
                    channel,
                }
            }
        };
        let is_contact = purpose != Purpose::Administration;
        let changed_by = match (self.rows, self.key) {
            (Rows::All, None) => Vec::new(),
            (Rows::All, Some(_)) => {
                return Err(fail(
                    "key says by what rows = \"changed\" tells them; write that too",
                ));
            }
            (Rows::Changed, key) => key.unwrap_or_else(|| vec![KEY.to_owned()]),
        };
        if self.rows == Rows::Changed && changed_by.is_empty() {
            return Err(fail("key names no column"));
        }
        // What was removed is named by its key, also where it may not be contacted any more.
        if let Some(key) = changed_by
            .iter()
            .find(|key| is_contact && !key.ends_with("_id"))
        {
            return Err(format!(
                "{at}: the key {key:?} would name who was removed by what may not be used any more; write a column that ends in _id"
            ));
        }
        if self.hash.is_some() && !is_contact {
            return Err(fail(
                "hash is for what is matched by contact points; write a purpose and a channel",
            ));
        }
        if self.keep_days == Some(0) {
            return Err(fail("keep_days = 0 would keep nothing; write at least 1"));
        }
        Ok(ExtractRule {
            name: self.name,
            purpose,
            format: self.format,
            hash: self.hash,
            changed_by,
            partition_by: self.partition_by,
            keep_days: self.keep_days,
            select,
            file,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<ExtractRule, String> {
        let written: Written = toml::from_str(&format!("name = \"one\"\n{text}")).unwrap();
        written.read("SELECT 1".into(), "extracts/one.sql".into())
    }

    #[test]
    fn what_goes_to_ads_is_shared() {
        let rule = read("purpose = \"Newsletter\"\nchannel = \"ads\"\nrows = \"changed\"").unwrap();
        assert_eq!(
            rule.purpose,
            Purpose::Contact {
                purpose: "marketing".into(),
                channel: "ads",
                is_shared: true
            }
        );
        assert_eq!(rule.changed_by, ["customer_id"]);
        let rule = read("purpose = \"marketing\"\nchannel = \"email\"").unwrap();
        assert!(matches!(
            rule.purpose,
            Purpose::Contact {
                is_shared: false,
                ..
            }
        ));
    }

    #[test]
    fn mistakes_are_told() {
        for (text, told) in [
            ("", "no purpose"),
            ("purpose = \" \"", "no purpose"),
            ("purpose = \"marketing\"", "needs a channel"),
            (
                "purpose = \"marketing\"\nchannel = \"pigeon\"",
                "none of email",
            ),
            (
                "purpose = \"marketing\"\nchannel = \"all\"",
                "none of email",
            ),
            ("purpose = \"all\"\nchannel = \"email\"", "no purpose"),
            (
                "purpose = \"administration\"\nchannel = \"email\"",
                "no channel",
            ),
            ("purpose = \"administration\"\nshared = true", "not shared"),
            (
                "purpose = \"administration\"\nhash = \"meta\"",
                "matched by",
            ),
            ("purpose = \"administration\"\nkey = [\"a\"]", "rows = "),
            (
                "purpose = \"administration\"\nrows = \"changed\"\nkey = []",
                "no column",
            ),
            (
                "purpose = \"marketing\"\nchannel = \"email\"\nrows = \"changed\"\nkey = [\"email\"]",
                "ends in _id",
            ),
            ("purpose = \"administration\"\nkeep_days = 0", "at least 1"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
