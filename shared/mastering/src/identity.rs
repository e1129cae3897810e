//! Ids that survive merges and splits.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::Xxh3;

/// What was published before.
pub struct Previous<'a> {
    /// The last crosswalk: source key → customer id.
    pub customer_of: &'a HashMap<String, String>,
    /// Records that it lacks and that may be back: source key → the customer that stands for their last one.
    pub departed: &'a HashMap<String, String>,
    /// Every id that was ever published, redirected and deleted ones too.
    pub issued: &'a HashSet<&'a str>,
}

/// The new crosswalk's ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// One id per cluster, in the clusters' order.
    pub ids: Vec<String>,
    /// What changed for previous ids, sorted by old id.
    pub redirects: Vec<Redirect>,
}

/// What became of a previous id, or of a part of its records.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Redirect {
    pub old: String,
    /// `None` when nothing is left.
    pub new: Option<String>,
    pub reason: RedirectReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RedirectReason {
    /// `old` is no more; `new` stands for it.
    Merged,
    /// Some of `old`'s records now bear `new`. This row forwards nothing: `old` lives on, or another row tells its fate.
    Split,
    /// `old` has no record left.
    Deleted,
}

impl RedirectReason {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            RedirectReason::Merged => "merged",
            RedirectReason::Split => "split",
            RedirectReason::Deleted => "deleted",
        }
    }
}

/// The id for hash(entity, earliest source key, generation): the entity's initial, a dash, 16 characters of Crockford's
/// base 32 in lower case.
pub fn mint(entity: &str, earliest_source_key: &str, generation: u32) -> String {
    const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut hasher = Xxh3::new();
    for part in [entity, earliest_source_key] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(&generation.to_le_bytes());
    let hash = hasher.digest128();

    let initial = entity.chars().next().unwrap_or('x').to_ascii_uppercase();
    let digits = (0..16).map(|digit| char::from(CROCKFORD[(hash >> (digit * 5)) as usize & 31]));
    [initial, '-'].into_iter().chain(digits).collect()
}

/// Records of the last crosswalk, and such that are back after they were gone: these speak for an id where no other does.
type Voices = (usize, usize);

/// The records of one previous id that are in one cluster now.
struct Part<'a> {
    cluster: usize,
    voices: Voices,
    earliest: &'a str,
}

/// A previous id's claim to the cluster where it is at home: its records there, its earliest record ever, the id itself.
type Claim<'a> = (Voices, Reverse<Option<&'a str>>, Reverse<&'a str>);

/// One previous id.
#[derive(Default)]
struct Fate<'a> {
    /// Over all previous records, also those that are gone now.
    earliest: Option<&'a str>,
    parts: Vec<Part<'a>>,
}

impl<'a> Fate<'a> {
    fn saw(&mut self, key: &'a str) {
        self.earliest = Some(self.earliest.map_or(key, |earliest| earliest.min(key)));
    }
}

/// Gives every cluster of source keys an id; the rules are in the crate's page. A source key belongs to one cluster.
pub fn assign_ids(entity: &str, clusters: &[Vec<String>], previous: &Previous<'_>) -> Assignment {
    let fates = trace(clusters, previous);

    // Who may stay in which cluster. The greatest claim survives; ids differ, so there are no ties.
    let mut survivors: Vec<Option<Claim<'_>>> = vec![None; clusters.len()];
    let mut home_of: HashMap<&str, usize> = HashMap::with_capacity(fates.len());
    for (&id, fate) in &fates {
        if let Some(home) = fate
            .parts
            .iter()
            .max_by_key(|part| (part.voices, Reverse(part.earliest)))
        {
            let claim = (home.voices, Reverse(fate.earliest), Reverse(id));
            let survivor = &mut survivors[home.cluster];
            *survivor = (*survivor).max(Some(claim));
            home_of.insert(id, home.cluster);
        }
    }

    let mut ids: Vec<String> = survivors
        .iter()
        .map(|survivor| survivor.map_or_else(String::new, |(_, _, Reverse(id))| id.into()))
        .collect();
    mint_missing(entity, clusters, previous.issued, &mut ids);

    let mut redirects = Vec::new();
    for (&old, fate) in &fates {
        let home = home_of.get(old).copied();
        let mut redirect = |new: Option<&String>, reason| {
            redirects.push(Redirect {
                old: old.to_owned(),
                new: new.cloned(),
                reason,
            });
        };
        match home {
            None => redirect(None, RedirectReason::Deleted),
            Some(home) if ids[home] != old => redirect(Some(&ids[home]), RedirectReason::Merged),
            Some(_) => {}
        }
        for part in fate.parts.iter().filter(|part| Some(part.cluster) != home) {
            redirect(Some(&ids[part.cluster]), RedirectReason::Split);
        }
    }
    redirects.sort_unstable();
    Assignment { ids, redirects }
}

/// Where the records of every previous id are now.
fn trace<'a>(clusters: &'a [Vec<String>], previous: &Previous<'a>) -> HashMap<&'a str, Fate<'a>> {
    let mut fates: HashMap<&str, Fate<'_>> = HashMap::new();
    for (key, id) in previous.customer_of {
        fates.entry(id).or_default().saw(key);
    }
    for (cluster, keys) in clusters.iter().enumerate() {
        for key in keys {
            let (id, (there, back)) = match previous.customer_of.get(key) {
                Some(id) => (id, (1, 0)),
                None => match previous.departed.get(key) {
                    Some(id) => (id, (0, 1)),
                    None => continue,
                },
            };
            let fate = fates.entry(id).or_default();
            fate.saw(key);
            // Clusters come one after the other, so this cluster's part is the last one if there is one.
            match fate.parts.last_mut().filter(|part| part.cluster == cluster) {
                Some(part) => {
                    part.voices.0 += there;
                    part.voices.1 += back;
                    part.earliest = part.earliest.min(key);
                }
                None => fate.parts.push(Part {
                    cluster,
                    voices: (there, back),
                    earliest: key,
                }),
            }
        }
    }
    fates
}

/// Fills the empty ids. Clusters mint in the order of their earliest keys, so that the input's order cannot matter.
fn mint_missing(
    entity: &str,
    clusters: &[Vec<String>],
    issued: &HashSet<&str>,
    ids: &mut [String],
) {
    let mut unnamed: Vec<(&str, usize)> = (0..clusters.len())
        .filter(|&cluster| ids[cluster].is_empty())
        .map(|cluster| {
            (
                clusters[cluster].iter().min().map_or("", String::as_str),
                cluster,
            )
        })
        .collect();
    unnamed.sort_unstable();

    // Different keys give the same id once in 2^80; two customers must not share one even then.
    let mut minted: HashSet<String> = HashSet::with_capacity(unnamed.len());
    for (earliest, cluster) in unnamed {
        let mut generation = 0;
        let id = loop {
            let id = mint(entity, earliest, generation);
            if !issued.contains(id.as_str()) && !minted.contains(&id) {
                break id;
            }
            generation += 1;
        };
        minted.insert(id.clone());
        ids[cluster] = id;
    }
}

#[cfg(test)]
mod tests;
