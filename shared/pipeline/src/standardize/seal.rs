//! Numbers by which a state knows a person are not kept: what stands in their place can be compared and recognized, not read.

use crate::project::{Feed, SENSITIVE};
use crate::{PipelineError, Result, Run};
use lake::KEY_BYTES;
use records::identifier::{HashKey, masked};

/// Where a run has its key from, for errors.
const VARIABLE: &str = "C360_HASH_KEY";
/// Characters of a key that someone chose.
const LEAST: usize = 16;
/// Hexadecimal digits of a keyed hash that are kept (128 bits).
const DIGITS: usize = 32;

/// Seals the sensitive values of a feed.
pub struct Seal {
    key: HashKey,
    plain: Vec<String>,
}

impl Seal {
    /// `None` for feeds that keep every such value as it is.
    pub async fn of(run: &Run, feed: &Feed) -> Result<Option<Seal>> {
        let plain = &feed.cleaning.plain;
        let is_plain = |column: &&str| plain.iter().any(|name| name == column);
        if SENSITIVE.iter().all(is_plain) {
            return Ok(None);
        }
        Ok(Some(Seal {
            key: key(run).await?,
            plain: plain.clone(),
        }))
    }

    /// Is a column of this name kept sealed?
    pub fn covers(&self, column: &str) -> bool {
        SENSITIVE.contains(&column) && !self.plain.iter().any(|name| name == column)
    }

    /// The masked form, `~`, and the keyed hash (HMAC-SHA-256): `*****6789~9f86d081884c7d659a2feaa0c55ad015`. However a number
    /// is written, with hyphens or without, its seal is the same.
    pub fn seal(&self, value: &str) -> String {
        let bare = value.chars().filter(|letter| letter.is_alphanumeric());
        let bare: String = bare.flat_map(char::to_uppercase).collect();
        let mut hash = self.key.hash(&bare);
        hash.truncate(DIGITS);
        format!("{}~{hash}", masked(&bare))
    }
}

/// The key that the run was given, else the lake's own. Which of them it is the lake remembers: under two keys one number would
/// be two.
async fn key(run: &Run) -> Result<HashKey> {
    let refused = |message: String| Err(PipelineError::Invalid(message));
    let Some(given) = &run.hash_key else {
        let key = run.lake.hash_key(None).await?;
        return match key.len() {
            KEY_BYTES => Ok(HashKey::new(&key)),
            _ => refused(format!(
                "identifiers of this lake were hashed with a key that {VARIABLE} held, and it is not set"
            )),
        };
    };
    if given.bytes().len() < LEAST {
        return refused(format!(
            "{VARIABLE} is shorter than {LEAST} characters; a key that can be guessed protects nothing"
        ));
    }
    let key = HashKey::new(given.bytes());
    let known_by = key.hash("the key of this lake");
    match run.lake.hash_key(Some(&known_by)).await? == known_by.as_bytes() {
        true => Ok(key),
        false => refused(format!(
            "{VARIABLE} is not the key that identifiers of this lake were hashed with; give the former one, or leave it out where \
             there was none, or take a new [lake] location"
        )),
    }
}
