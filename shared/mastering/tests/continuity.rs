//! Ids through random histories: merges, splits, deletions, returns, records under new source ids, and models that cluster
//! everything anew.

use mastering::{Assignment, Previous, RedirectReason, Redirects, assign_ids};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

type Cluster = BTreeSet<String>;

/// What may happen to the records of a company. Numbers choose among what there is.
#[derive(Clone, Debug)]
enum Happening {
    Arrives,
    /// Into a customer, or as one of its own.
    Returns(usize, Option<usize>),
    Leaves(usize),
    /// Its source gives it another id.
    Rekeyed(usize),
    Merge(usize, usize),
    Split(usize, u32),
    /// Another model: whoever is who is decided anew.
    Reclustered(Vec<u8>),
}
use Happening::{Arrives, Leaves, Merge, Reclustered, Rekeyed, Returns, Split};

fn happening() -> impl Strategy<Value = Happening> {
    let one = 0usize..64;
    prop_oneof![
        3 => Just(Arrives),
        2 => (one.clone(), prop::option::of(one.clone())).prop_map(|(record, into)| Returns(record, into)),
        2 => one.clone().prop_map(Leaves),
        1 => one.clone().prop_map(Rekeyed),
        3 => (one.clone(), one.clone()).prop_map(|(a, b)| Merge(a, b)),
        3 => (one, any::<u32>()).prop_map(|(cluster, mask)| Split(cluster, mask)),
        1 => prop::collection::vec(0u8..5, 16).prop_map(Reclustered),
    ]
}

/// Several happenings between two runs, or none.
fn histories() -> impl Strategy<Value = Vec<Vec<Happening>>> {
    prop::collection::vec(prop::collection::vec(happening(), 0..5), 1..14)
}

#[derive(Default)]
struct Company {
    clusters: Vec<Cluster>,
    gone: Vec<String>,
    keys: usize,
}

impl Company {
    fn new_key(&mut self) -> String {
        self.keys += 1;
        // Not in the order of arrival: the smallest key is not the oldest.
        format!("crm:{:03}", self.keys * 37 % 1000)
    }

    /// The cluster of the n-th record, and its key.
    fn record(&self, n: usize) -> Option<(usize, String)> {
        let records: Vec<(usize, &String)> = (0..)
            .zip(&self.clusters)
            .flat_map(|(at, cluster)| cluster.iter().map(move |key| (at, key)))
            .collect();
        let (at, key) = records.get(n.checked_rem(records.len())?)?;
        Some((*at, (*key).clone()))
    }

    fn live(&mut self, happening: &Happening) {
        let some = |n: usize, of: usize| n.checked_rem(of);
        match happening {
            Arrives => {
                let key = self.new_key();
                self.clusters.push(Cluster::from([key]));
            }
            Returns(n, into) => {
                let Some(at) = some(*n, self.gone.len()) else {
                    return;
                };
                let key = self.gone.remove(at);
                match into.and_then(|n| some(n, self.clusters.len())) {
                    Some(cluster) => _ = self.clusters[cluster].insert(key),
                    None => self.clusters.push(Cluster::from([key])),
                }
            }
            Leaves(n) => {
                if let Some((at, key)) = self.record(*n) {
                    self.clusters[at].remove(&key);
                    self.gone.push(key);
                }
            }
            Rekeyed(n) => {
                if let Some((at, key)) = self.record(*n) {
                    self.clusters[at].remove(&key);
                    self.gone.push(key);
                    let new = self.new_key();
                    self.clusters[at].insert(new);
                }
            }
            Merge(a, b) => {
                let of = self.clusters.len();
                if let (Some(a), Some(b)) = (some(*a, of), some(*b, of))
                    && a != b
                {
                    let moved = std::mem::take(&mut self.clusters[b]);
                    self.clusters[a].extend(moved);
                }
            }
            Split(n, mask) => {
                if let Some(at) = some(*n, self.clusters.len()) {
                    let all = std::mem::take(&mut self.clusters[at]);
                    let (stay, go): (Vec<_>, Vec<_>) = (0..)
                        .zip(all)
                        .partition(|(bit, _)| mask >> (bit % 32) & 1 == 0);
                    let keys = |part: Vec<(u32, String)>| part.into_iter().map(|(_, key)| key);
                    self.clusters[at] = keys(stay).collect();
                    self.clusters.push(keys(go).collect());
                }
            }
            Reclustered(into) => {
                let records = std::mem::take(&mut self.clusters).into_iter().flatten();
                let mut anew: BTreeMap<u8, Cluster> = BTreeMap::new();
                for (key, cluster) in records.zip(into.iter().cycle()) {
                    anew.entry(*cluster).or_default().insert(key);
                }
                self.clusters = anew.into_values().collect();
            }
        }
        self.clusters.retain(|cluster| !cluster.is_empty());
    }
}

/// What a deployment keeps between runs.
#[derive(Clone, Default)]
struct Lake {
    crosswalk: HashMap<String, String>,
    departed: HashMap<String, String>,
    redirects: Redirects<u32>,
    /// Not kept anywhere: every id that was ever published, and the records it ever had.
    published: HashMap<String, HashSet<String>>,
    runs: u32,
}

impl Lake {
    fn run(&mut self, clusters: &[Cluster]) -> Assignment {
        self.runs += 1;
        let listed: Vec<Vec<String>> = clusters
            .iter()
            .map(|cluster| cluster.iter().cloned().collect())
            .collect();
        let departed = self.departed.iter();
        let departed: HashMap<String, String> = departed
            .map(|(key, id)| (key.clone(), self.redirects.end_of(id).to_owned()))
            .collect();
        let current = self.crosswalk.values();
        let issued = current.chain(self.redirects.ids());
        let issued = issued.map(String::as_str).collect();
        let previous = Previous {
            customer_of: &self.crosswalk,
            departed: &departed,
            issued: &issued,
        };
        let assignment = assign_ids("person", &listed, &previous);
        self.redirects.follow(&assignment, &self.runs);
        self.departed.extend(self.crosswalk.drain());
        for (keys, id) in clusters.iter().zip(&assignment.ids) {
            for key in keys {
                self.departed.remove(key);
                self.crosswalk.insert(key.clone(), id.clone());
                let ever = self.published.entry(id.clone()).or_default();
                ever.insert(key.clone());
            }
        }
        assignment
    }

    /// Records that an id ever had, or that one had which it stands for.
    fn ever(&self, id: &str) -> HashSet<&String> {
        let stands_for = |(old, _): &(&String, _)| self.redirects.end_of(old) == id;
        let lineage = self.published.iter().filter(stands_for);
        lineage.flat_map(|(_, keys)| keys).collect()
    }

    /// Records of the crosswalk by customer.
    fn customers(&self) -> HashMap<&str, Cluster> {
        let mut customers: HashMap<&str, Cluster> = HashMap::new();
        for (key, id) in &self.crosswalk {
            customers.entry(id).or_default().insert(key.clone());
        }
        customers
    }
}

/// Where an id stays: where most of its records are; of equals, where most are back after they were gone; of these, where the
/// smallest key is.
fn home<'a>(before: &Lake, id: &str, clusters: &'a [Cluster]) -> Option<&'a Cluster> {
    let voices = |cluster: &&Cluster| {
        let bears = |key: &&String| before.crosswalk.get(*key).is_some_and(|of| of == id);
        let bore = |key: &&String| {
            let last = before.departed.get(*key);
            last.is_some_and(|last| before.redirects.end_of(last) == id)
        };
        let (here, back) = (cluster.iter().filter(bears), cluster.iter().filter(bore));
        let first = here.clone().chain(back.clone()).min();
        (here.count(), back.count(), Reverse(first.cloned()))
    };
    let home = clusters.iter().max_by_key(voices)?;
    let (here, back, _) = voices(&home);
    (here + back > 0).then_some(home)
}

fn holds(
    before: &Lake,
    after: &Lake,
    clusters: &[Cluster],
    assigned: &Assignment,
) -> Result<(), TestCaseError> {
    let id_of: HashMap<&Cluster, &String> = clusters.iter().zip(&assigned.ids).collect();
    let ids: HashSet<&String> = assigned.ids.iter().collect();
    prop_assert_eq!(ids.len(), clusters.len(), "one customer, one id");
    let customers = before.customers();

    for (cluster, id) in &id_of {
        // Hands.
        if before.published.contains_key(*id) {
            let ever = before.ever(id);
            prop_assert!(
                cluster.iter().any(|key| ever.contains(key)),
                "{id} went to strangers"
            );
        }
        // Cause: nobody came but records that were in no customer of the last run, and nobody left.
        let was: HashSet<&String> = cluster
            .iter()
            .filter_map(|key| before.crosswalk.get(key))
            .collect();
        if let [old] = was.iter().collect::<Vec<_>>()[..]
            && customers[old.as_str()].is_subset(cluster)
        {
            prop_assert_eq!(*id, *old, "a customer that lost nobody keeps its id");
        }
        // Whole customers that are one now: the largest one's id stays, and the others lead to it.
        let met: Vec<&Cluster> = was.iter().map(|old| &customers[old.as_str()]).collect();
        if met.len() > 1 && met.iter().all(|one| one.is_subset(cluster)) {
            let most = met.iter().map(|one| one.len()).max();
            prop_assert_eq!(
                customers.get(id.as_str()).map(Cluster::len),
                most,
                "the largest survives"
            );
            for old in was.iter().filter(|old| **old != *id) {
                let row = after.redirects.iter().find(|(from, ..)| from == *old);
                prop_assert_eq!(row, Some((old.as_str(), Some(id.as_str()), &after.runs)));
            }
        }
    }
    // An id stays with the larger part, unless a larger customer's records are there.
    for old in customers.keys() {
        match home(before, old, clusters) {
            None => prop_assert!(!ids.contains(&(*old).to_owned()), "{old} has no record"),
            Some(home) if id_of[home] == old => {}
            Some(home) => {
                prop_assert!(
                    !ids.contains(&(*old).to_owned()),
                    "{old} left its larger part"
                );
                let share = |id: &str| {
                    customers
                        .get(id)
                        .map_or(0, |records| (home & records).len())
                };
                prop_assert!(
                    share(id_of[home]) >= share(old),
                    "{old} gave way to a smaller one"
                );
                prop_assert_eq!(after.redirects.end_of(old), id_of[home].as_str());
            }
        }
    }
    // Never twice: what is neither new nor kept is back with its own records (see hands), and was dead.
    for id in &ids {
        let is_back = before.published.contains_key(*id) && !customers.contains_key(id.as_str());
        prop_assert!(
            !is_back
                || before
                    .redirects
                    .iter()
                    .any(|(old, new, _)| old == *id && new.is_none())
        );
    }
    // Every id ever published bears records now, or leads in one step to one that does, or to nothing.
    let redirects: HashMap<&str, Option<&str>> = after
        .redirects
        .iter()
        .map(|(old, new, _)| (old, new))
        .collect();
    for id in after.published.keys() {
        prop_assert_ne!(
            ids.contains(id),
            redirects.contains_key(id.as_str()),
            "{} is nowhere, or twice",
            id
        );
    }
    for new in redirects.values().flatten() {
        let is_end = ids.contains(&(*new).to_owned()) || redirects.get(new) == Some(&None);
        prop_assert!(is_end, "{new} is not the end");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn ids_last(history in histories()) {
        let (mut company, mut lake) = (Company::default(), Lake::default());
        for _ in 0..6 {
            company.live(&Arrives);
        }
        for happenings in &history {
            let before = lake.clone();
            happenings.iter().for_each(|happening| company.live(happening));
            let assigned = lake.run(&company.clusters);
            holds(&before, &lake, &company.clusters, &assigned)?;
            // The same again, as after a crash or under a model that decides alike: nothing moves.
            let mut again = lake.clone();
            let repeated = again.run(&company.clusters);
            prop_assert_eq!(&repeated.ids, &assigned.ids);
            prop_assert!(repeated.redirects.is_empty());
            // Replayed from what was published before, everything is the same.
            let mut replay = before.clone();
            prop_assert_eq!(&replay.run(&company.clusters), &assigned);
        }
    }
}

/// A customer of these records, and one of its own for each other.
fn clusters(of: &[&[&str]]) -> Vec<Cluster> {
    of.iter()
        .map(|keys| keys.iter().map(|key| (*key).to_owned()).collect())
        .collect()
}

#[test]
fn who_comes_back_takes_nobodys_id() {
    let mut lake = Lake::default();
    let together = lake.run(&clusters(&[&["a", "b"]]));
    let alone = lake.run(&clusters(&[&["b"]]));
    assert_eq!(alone.ids, together.ids);
    // Equal parts, and a is the smaller key; but b bore the id meanwhile.
    let back = lake.run(&clusters(&[&["a"], &["b"]]));
    assert_eq!(back.ids[1], together.ids[0]);
    assert_ne!(back.ids[0], together.ids[0]);
}

#[test]
fn an_id_that_died_is_alive_again_with_its_record() {
    let mut lake = Lake::default();
    let first = lake.run(&clusters(&[&["a", "b"], &["c"]]));
    lake.run(&clusters(&[&["c"]]));
    let dead: Vec<_> = lake
        .redirects
        .iter()
        .map(|(old, new, _)| (old.to_owned(), new))
        .collect();
    assert_eq!(dead, [(first.ids[0].clone(), None)]);
    let back = lake.run(&clusters(&[&["b"], &["c"]]));
    assert_eq!(back.ids, first.ids);
    assert_eq!(lake.redirects.ids().count(), 0);
}

#[test]
fn a_record_that_is_back_finds_the_customer_that_its_own_was_merged_into() {
    let mut lake = Lake::default();
    let first = lake.run(&clusters(&[&["a"], &["b", "c"], &["d", "e", "f", "g"]]));
    lake.run(&clusters(&[&["b", "c"], &["d", "e", "f", "g"]]));
    lake.run(&clusters(&[&["a", "b", "c"], &["d", "e", "f", "g"]]));
    lake.run(&clusters(&[&["a", "b", "c", "d", "e", "f", "g"]]));
    // Merges of merges lead to the last in one step.
    let [x, y, z] = first.ids.try_into().unwrap();
    let rows: Vec<_> = lake
        .redirects
        .iter()
        .map(|(old, new, _)| (old, new))
        .collect();
    let mut expected = [
        (x.as_str(), Some(z.as_str())),
        (y.as_str(), Some(z.as_str())),
    ];
    expected.sort_unstable();
    assert_eq!(rows, expected);
    // All are gone but for one that comes back: the last customer is alive, not the first.
    lake.run(&[]);
    assert_eq!(lake.run(&clusters(&[&["a"]])).ids, std::slice::from_ref(&z));
    assert_eq!(lake.redirects.end_of(&x), z);
}

#[test]
fn a_customer_outlives_the_source_ids_of_its_records() {
    let mut lake = Lake::default();
    let first = lake.run(&clusters(&[&["crm:1", "shop:1"]])).ids;
    for step in [["crm:1-new", "shop:1"], ["crm:1-new", "shop:1-new"]] {
        assert_eq!(lake.run(&clusters(&[&step])).ids, first);
    }
    // All of them at once are other records: nothing says that it is the same customer.
    assert_ne!(lake.run(&clusters(&[&["crm:2", "shop:2"]])).ids, first);
}

#[test]
fn a_split_is_no_redirect() {
    let mut lake = Lake::default();
    lake.run(&clusters(&[&["a", "b", "c"]]));
    let split = lake.run(&clusters(&[&["a", "b"], &["c"]]));
    assert_eq!(split.redirects.len(), 1);
    assert_eq!(split.redirects[0].reason, RedirectReason::Split);
    assert_eq!(lake.redirects.ids().count(), 0);
}
