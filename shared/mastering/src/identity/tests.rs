use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a deployment keeps between runs.
#[derive(Default)]
struct Lake {
    customer_of: HashMap<String, String>,
    issued: HashSet<String>,
}

impl Lake {
    fn run(&mut self, clusters: &[Vec<String>]) -> Assignment {
        let assignment = self.plan(clusters);
        self.customer_of = clusters
            .iter()
            .zip(&assignment.ids)
            .flat_map(|(keys, id)| keys.iter().map(move |key| (key.clone(), id.clone())))
            .collect();
        self.issued.extend(assignment.ids.iter().cloned());
        assignment
    }

    fn plan(&self, clusters: &[Vec<String>]) -> Assignment {
        assign_ids(
            "person",
            clusters,
            &Previous {
                customer_of: &self.customer_of,
                departed: &HashMap::new(),
                issued: &self.issued.iter().map(String::as_str).collect(),
            },
        )
    }
}

fn clusters(of: &[&[&str]]) -> Vec<Vec<String>> {
    of.iter()
        .map(|keys| keys.iter().map(|&k| k.to_owned()).collect())
        .collect()
}

fn redirect(old: &str, new: Option<&str>, reason: RedirectReason) -> Redirect {
    Redirect {
        old: old.to_owned(),
        new: new.map(str::to_owned),
        reason,
    }
}

#[test]
fn minted_ids_are_short_stable_and_distinct() {
    let id = mint("person", "crm:1", 0);
    assert_eq!(id, mint("person", "crm:1", 0));
    assert_eq!(id.len(), 18);
    assert!(
        id.starts_with("P-")
            && id[2..]
                .bytes()
                .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
    );
    assert!(mint("account", "crm:1", 0).starts_with("A-"));
    let others = [
        mint("account", "crm:1", 0),
        mint("person", "crm:2", 0),
        mint("person", "crm:1", 1),
    ];
    assert!(others.iter().all(|other| other[2..] != id[2..]));
    // published ids depend on it: a change here is a change of every customer's id
    assert_eq!(id, "P-kyvhkvw31dr71vzh");
}

#[test]
fn a_merge_keeps_the_larger_and_a_split_gives_it_back() {
    let mut lake = Lake::default();
    let apart = clusters(&[&["b", "c", "d"], &["a", "e"]]);
    let ids = lake.run(&apart).ids;

    let merged = lake.run(&clusters(&[&["a", "b", "c", "d", "e"]]));
    assert_eq!(merged.ids, [ids[0].clone()]);
    assert_eq!(
        merged.redirects,
        [redirect(&ids[1], Some(&ids[0]), RedirectReason::Merged)]
    );

    let split = lake.run(&apart);
    assert_eq!(split.ids[0], ids[0]);
    assert!(
        !ids.contains(&split.ids[1]),
        "a redirected id is not issued again"
    );
    assert_eq!(
        split.redirects,
        [redirect(
            &ids[0],
            Some(&split.ids[1]),
            RedirectReason::Split
        )]
    );
}

#[test]
fn equal_parts_are_decided_by_the_smallest_source_key() {
    let mut lake = Lake::default();
    let first = lake.run(&clusters(&[&["b", "c"], &["a", "d"]]));
    let merged = lake.run(&clusters(&[&["a", "b", "c", "d"]]));
    assert_eq!(merged.ids[0], first.ids[1]);
    let split = lake.run(&clusters(&[&["b", "c"], &["a", "d"]]));
    assert_eq!(split.ids[1], merged.ids[0]);
}

#[test]
fn an_id_moves_with_its_largest_part_only() {
    let mut lake = Lake::default();
    let first = lake.run(&clusters(&[&["a1", "a2", "a3"], &["b1", "b2", "b3", "b4"]]));
    // One of A's joins B, where it is not at home.
    let second = lake.run(&clusters(&[&["a2", "a3"], &["a1", "b1", "b2", "b3", "b4"]]));
    assert_eq!(second.ids, first.ids);
    assert_eq!(
        second.redirects,
        [redirect(
            &first.ids[0],
            Some(&first.ids[1]),
            RedirectReason::Split
        )]
    );
}

#[test]
fn deleted_ids_are_never_issued_again() {
    let mut lake = Lake::default();
    let first = lake.run(&clusters(&[&["a"], &["b"]]));
    let second = lake.run(&clusters(&[&["b"]]));
    assert_eq!(
        second.redirects,
        [redirect(&first.ids[0], None, RedirectReason::Deleted)]
    );
    let third = lake.run(&clusters(&[&["a"], &["b"]]));
    assert_ne!(third.ids[0], first.ids[0]);
    assert_eq!(third.ids[1], first.ids[1]);
}

/// Five runs over up to twelve records; each says for every record which cluster it is in, or that it is deleted.
fn histories() -> impl Strategy<Value = Vec<Vec<Option<u8>>>> {
    let run = prop::collection::vec(prop::option::weighted(0.85, 0u8..6), 12);
    prop::collection::vec(run, 1..6)
}

fn clusters_of(run: &[Option<u8>]) -> Vec<Vec<String>> {
    let mut clusters: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (record, cluster) in run.iter().enumerate() {
        if let Some(cluster) = cluster {
            clusters
                .entry(*cluster)
                .or_default()
                .push(format!("crm:{record:02}"));
        }
    }
    clusters.into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn an_id_never_changes_hands(history in histories()) {
        let mut lake = Lake::default();
        for run in &history {
            let clusters = clusters_of(run);
            let (before, issued) = (lake.customer_of.clone(), lake.issued.clone());
            let Assignment { ids, redirects } = lake.run(&clusters);

            prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "one customer, one id");
            let most = |id: &String| clusters.iter().map(|c| c.iter().filter(|k| before.get(*k) == Some(id)).count()).max();
            for (keys, id) in clusters.iter().zip(&ids) {
                let kept = keys.iter().filter(|key| before.get(*key) == Some(id)).count();
                if before.values().any(|b| b == id) {
                    prop_assert_eq!(Some(kept), most(id), "it stays with the part that had most of it");
                    prop_assert!(kept > 0, "no id moves to records it never had");
                } else {
                    prop_assert!(!issued.contains(id), "what is not kept is new");
                }
            }
            // Every previous id lives, or is told of exactly once.
            for old in before.values().collect::<HashSet<_>>() {
                let ended = redirects.iter().filter(|r| r.old == *old && r.reason != RedirectReason::Split).count();
                prop_assert_eq!(ended, usize::from(!ids.contains(old)));
            }
            for redirect in &redirects {
                prop_assert!(before.values().any(|id| *id == redirect.old));
                prop_assert_eq!(redirect.new.is_none(), redirect.reason == RedirectReason::Deleted);
                prop_assert!(redirect.new.as_ref().is_none_or(|new| ids.contains(new)));
            }
        }
    }

    #[test]
    fn running_again_changes_nothing(history in histories()) {
        let mut lake = Lake::default();
        for run in &history {
            let first = lake.run(&clusters_of(run));
            let again = lake.run(&clusters_of(run));
            prop_assert_eq!(first.ids, again.ids);
            prop_assert!(again.redirects.is_empty());
        }
    }

    #[test]
    fn the_order_of_clusters_and_members_does_not_matter(history in histories(), seed in any::<u64>()) {
        let mut lake = Lake::default();
        for run in &history {
            let clusters = clusters_of(run);
            // Rotations and reversals are orders enough.
            let mut shuffled: Vec<(usize, Vec<String>)> = clusters.iter().cloned().enumerate().collect();
            if !shuffled.is_empty() {
                let turn = seed as usize % shuffled.len();
                shuffled.rotate_left(turn);
            }
            shuffled.iter_mut().for_each(|(_, keys)| keys.reverse());
            let (order, shuffled): (Vec<usize>, Vec<Vec<String>>) = shuffled.into_iter().unzip();

            let other = lake.plan(&shuffled);
            let plain = lake.run(&clusters);
            prop_assert_eq!(&plain.redirects, &other.redirects);
            for (position, cluster) in order.into_iter().enumerate() {
                prop_assert_eq!(&plain.ids[cluster], &other.ids[position]);
            }
        }
    }
}
