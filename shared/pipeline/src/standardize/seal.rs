//! Numbers by which a state knows a person are not kept: what stands in their place can be compared and recognized, not read.

use crate::project::{Cleaning, Entity, Feed, SENSITIVE};
use crate::{PipelineError, Result, Run};
use records::identifier::{HashKey, masked};

/// In place of the lake's own key: the one that this variable holds.
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
    /// `None` for feeds whose rows hold nothing sensitive.
    pub async fn of(run: &Run, feed: &Feed) -> Result<Option<Seal>> {
        if !matches!(feed.entity, Entity::Person | Entity::Account) {
            return Ok(None);
        }
        let Cleaning { plain, .. } = &feed.cleaning;
        if SENSITIVE
            .iter()
            .all(|column| plain.iter().any(|name| name == column))
        {
            return Ok(None);
        }
        let key = match std::env::var(VARIABLE) {
            Ok(key) if key.len() >= LEAST => HashKey::new(key.as_bytes()),
            Ok(_) => {
                return Err(PipelineError::Invalid(format!(
                    "{VARIABLE} is shorter than {LEAST} characters; a key that can be guessed protects nothing"
                )));
            }
            Err(_) => HashKey::new(&run.lake.hash_key().await?),
        };
        Ok(Some(Seal {
            key,
            plain: plain.clone(),
        }))
    }

    /// Is a column of this name kept sealed?
    pub fn covers(&self, column: &str) -> bool {
        SENSITIVE.contains(&column) && !self.plain.iter().any(|name| name == column)
    }

    /// The masked form, `~`, and the keyed hash (HMAC-SHA-256): `*****6789~9f86d081884c7d659a2feaa0c55ad015`. Equal values
    /// have equal seals.
    pub fn seal(&self, value: &str) -> String {
        let mut hash = self.key.hash(value);
        hash.truncate(DIGITS);
        format!("{}~{hash}", masked(value))
    }
}
