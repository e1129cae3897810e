//! Union-find whose sets know what they may not be joined with.

use std::collections::HashMap;

use super::{CutReason, Traits};
use crate::name::{Agreement, MOST_FAMILY_NAMES, Name, family_names, names_agree, reconciles};

/// Disjoint sets with path halving. A set's root is its smallest member.
pub(super) struct Forest {
    parent: Vec<u32>,
}

impl Forest {
    pub(super) fn new(records: usize) -> Forest {
        Forest {
            parent: (0..records as u32).collect(),
        }
    }

    pub(super) fn root(&mut self, mut record: u32) -> u32 {
        while self.parent[record as usize] != record {
            let grandparent = self.parent[self.parent[record as usize] as usize];
            self.parent[record as usize] = grandparent;
            record = grandparent;
        }
        record
    }

    /// Joins two sets by their roots; returns (the root that stays, the root that was).
    pub(super) fn join(&mut self, a: u32, b: u32) -> (u32, u32) {
        let (stays, was) = (a.min(b), a.max(b));
        self.parent[was as usize] = stays;
        (stays, was)
    }
}

pub(super) struct Union<'a> {
    records: &'a [Traits<'a>],
    forest: Forest,
    /// By root: one record for each combination of traits. Empty while the root stands for the whole cluster.
    faces: Vec<Vec<u32>>,
    /// By root: the records that a steward keeps apart from some member.
    foes: HashMap<u32, Vec<u32>>,
}

impl<'a> Union<'a> {
    pub(super) fn new(records: &'a [Traits<'a>]) -> Union<'a> {
        let faces = vec![Vec::new(); records.len()];
        Union {
            records,
            forest: Forest::new(records.len()),
            faces,
            foes: HashMap::new(),
        }
    }

    /// Before any join.
    pub(super) fn keep_apart(&mut self, a: u32, b: u32) {
        self.foes.entry(a).or_default().push(b);
        self.foes.entry(b).or_default().push(a);
    }

    /// Brings two records into one cluster, or says why not. A steward's decision yields to another decision only.
    pub(super) fn join(&mut self, a: u32, b: u32, is_decided: bool) -> Result<(), CutReason> {
        let (a, b) = (self.forest.root(a), self.forest.root(b));
        if a == b {
            return Ok(());
        }
        if self.is_kept_apart(a, b) {
            return Err(CutReason::KeptApart);
        }
        if !is_decided && let Some(reason) = self.contradiction(a, b) {
            return Err(reason);
        }
        let (stays, was) = self.forest.join(a, b);
        self.join_faces(stays, was);
        if let Some(foes) = self.foes.remove(&was) {
            self.foes.entry(stays).or_default().extend(foes);
        }
        Ok(())
    }

    fn is_kept_apart(&mut self, a: u32, b: u32) -> bool {
        let (Some(foes_a), Some(foes_b)) = (self.foes.get(&a), self.foes.get(&b)) else {
            return false;
        };
        let (foes, other) = if foes_a.len() <= foes_b.len() {
            (foes_a, b)
        } else {
            (foes_b, a)
        };
        foes.iter().any(|&foe| self.forest.root(foe) == other)
    }

    fn faces<'s>(&'s self, root: &'s u32) -> &'s [u32] {
        let faces = &self.faces[*root as usize];
        if faces.is_empty() {
            std::slice::from_ref(root)
        } else {
            faces
        }
    }

    fn join_faces(&mut self, stays: u32, was: u32) {
        let theirs = std::mem::take(&mut self.faces[was as usize]);
        for &face in if theirs.is_empty() {
            std::slice::from_ref(&was)
        } else {
            &theirs
        } {
            let is_known = |&ours: &u32| self.records[ours as usize] == self.records[face as usize];
            if !self.faces(&stays).iter().any(is_known) {
                let faces = &mut self.faces[stays as usize];
                if faces.is_empty() {
                    faces.push(stays);
                }
                faces.push(face);
            }
        }
    }

    fn contradiction(&self, a: u32, b: u32) -> Option<CutReason> {
        let (a, b) = (self.faces(&a), self.faces(&b));
        let traits = |face: u32| self.records[face as usize];
        if let ([x], [y]) = (a, b)
            && traits(*x) == traits(*y)
        {
            return None;
        }
        let name = |face: u32| Name {
            given: traits(face).given,
            family: traits(face).family,
        };
        let disagree = |x, y| {
            names_agree(x, y) == Agreement::Disagree
                && !a
                    .iter()
                    .chain(b)
                    .any(|&known| reconciles(name(known), x, y))
        };
        let differ = |x: i32, y: i32| x != 0 && y != 0 && x != y;

        if clash(a, b, |face| traits(face).birth_date, differ) {
            Some(CutReason::BirthDate)
        } else if clash(a, b, |face| i32::from(traits(face).suffix), differ) {
            Some(CutReason::Suffix)
        } else if clash(a, b, |face| i32::from(traits(face).country), differ) {
            Some(CutReason::Country)
        } else if clash(a, b, name, disagree) {
            Some(CutReason::Name)
        } else {
            let count = |faces: &[u32]| family_names(faces.iter().map(|&face| name(face)));
            let together = family_names(a.iter().chain(b).map(|&face| name(face)));
            (together > MOST_FAMILY_NAMES.max(count(a)).max(count(b)))
                .then_some(CutReason::Families)
        }
    }
}

/// Does some face of one cluster have a trait that differs from another's, and that other cluster not know it?
fn clash<T: Copy + PartialEq>(
    a: &[u32],
    b: &[u32],
    of: impl Fn(u32) -> T,
    differ: impl Fn(T, T) -> bool,
) -> bool {
    let is_held = |faces: &[u32], value: T| faces.iter().any(|&face| of(face) == value);
    a.iter().any(|&x| {
        b.iter()
            .any(|&y| differ(of(x), of(y)) && !is_held(b, of(x)) && !is_held(a, of(y)))
    })
}
