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
/// Those of a hash that tells a slip, and the characters of values that have such.
const NEAR_DIGITS: usize = 8;
const LEAST_NEAR: usize = 6;
const MOST_NEAR: usize = 20;

/// Seals the sensitive values of a feed.
pub struct Seal {
    key: HashKey,
    plain: Vec<String>,
}

impl Seal {
    /// `None` for feeds that keep every such value as it is.
    pub async fn of(run: &Run, feed: &Feed) -> Result<Option<Seal>> {
        Seal::with(run, feed, true).await
    }

    /// The same, to compare with what is there; the lake is left as it is.
    pub async fn to_compare(run: &Run, feed: &Feed) -> Result<Option<Seal>> {
        Seal::with(run, feed, false).await
    }

    async fn with(run: &Run, feed: &Feed, is_kept: bool) -> Result<Option<Seal>> {
        let plain = &feed.cleaning.plain;
        let is_plain = |column: &&str| plain.iter().any(|name| name == column);
        if SENSITIVE.iter().all(is_plain) {
            return Ok(None);
        }
        Ok(Some(Seal {
            key: key(run, is_kept).await?,
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
        let bare = bare(value);
        let mut hash = self.key.hash(&bare);
        hash.truncate(DIGITS);
        format!("{}~{hash}", masked(&bare))
    }

    /// Keyed hashes (32 bits each) of the value without one of its characters, parted by spaces: two values that one slip of
    /// the hand parts (another character, two that changed places, one too many) have such a hash in common, and nobody
    /// without the key can make one. Values of fewer than six characters, too short to tell a slip, have none.
    pub fn near(&self, value: &str) -> String {
        let letters: Vec<char> = bare(value).chars().collect();
        if !(LEAST_NEAR..=MOST_NEAR).contains(&letters.len()) {
            return String::new();
        }
        let without = |at: usize| {
            let rest = letters.iter().enumerate().filter(|(place, _)| *place != at);
            let rest: String = rest.map(|(_, letter)| letter).collect();
            let mut token = self.key.hash(&format!("near {rest}"));
            token.truncate(NEAR_DIGITS);
            token
        };
        // Without none: what one character too many is taken from.
        let mut tokens: Vec<String> = (0..=letters.len()).map(without).collect();
        tokens.sort_unstable();
        tokens.dedup();
        tokens.join(" ")
    }
}

/// Letters and digits, in upper case.
fn bare(value: &str) -> String {
    let bare = value.chars().filter(|letter| letter.is_alphanumeric());
    bare.flat_map(char::to_uppercase).collect()
}

/// The key that the run was given, else the lake's own. Which of them it is the lake remembers: under two keys one number would
/// be two. `is_kept`: a lake that knows no key yet takes this one.
async fn key(run: &Run, is_kept: bool) -> Result<HashKey> {
    let refused = |message: String| Err(PipelineError::Invalid(message));
    let stored = async |known_by: Option<&str>| match is_kept {
        true => run.lake.hash_key(known_by).await.map(Some),
        false => run.lake.stored_hash_key().await,
    };
    let Some(given) = &run.hash_key else {
        return match stored(None).await? {
            Some(key) if key.len() == KEY_BYTES => Ok(HashKey::new(&key)),
            Some(_) => refused(format!(
                "identifiers of this lake were hashed with a key that {VARIABLE} held, and it is not set"
            )),
            // Nothing is sealed in this lake: whatever the key, nothing is found.
            None => Ok(HashKey::new(&[0; KEY_BYTES])),
        };
    };
    if given.bytes().len() < LEAST {
        return refused(format!(
            "{VARIABLE} is shorter than {LEAST} characters; a key that can be guessed protects nothing"
        ));
    }
    let key = HashKey::new(given.bytes());
    let known_by = key.hash("the key of this lake");
    match stored(Some(&known_by)).await? {
        Some(stored) if stored != known_by.as_bytes() => refused(format!(
            "{VARIABLE} is not the key that identifiers of this lake were hashed with; give the former one, or leave it out where \
             there was none, or take a new [lake] location"
        )),
        _ => Ok(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_leaves_a_token_in_common() {
        let seal = Seal {
            key: HashKey::new(b"a key of this test"),
            plain: Vec::new(),
        };
        let shares = |a: &str, b: &str| {
            let (a, b) = (seal.near(a), seal.near(b));
            a.split(' ')
                .any(|token| !token.is_empty() && b.split(' ').any(|other| other == token))
        };
        for (a, b, want) in [
            ("7925975", "7925975", true),
            ("7925975", "7925075", true),
            ("7925975", "7929575", true),
            ("7925975", "792597", true),
            ("792-59-75", "7925075", true),
            ("7925975", "7125075", false),
            ("7925975", "1701634", false),
            ("12345", "12346", false),
        ] {
            assert_eq!(shares(a, b), want, "{a} {b}");
        }
        assert!(!seal.near("7925975").contains("25975"));
    }
}
