//! Ids that are no more, and where they lead.

use crate::identity::{Assignment, RedirectReason};
use std::collections::BTreeMap;

/// Ids of one entity that are no more, each with the customer that stands for it. `S` says since when, in the caller's words.
#[derive(Clone, Debug)]
pub struct Redirects<S>(BTreeMap<String, (Option<String>, S)>);

impl<S> Default for Redirects<S> {
    fn default() -> Redirects<S> {
        Redirects(BTreeMap::new())
    }
}

impl<S: Clone> Redirects<S> {
    /// Takes over a redirect that was published before; `new`: `None` when nothing was left.
    pub fn insert(&mut self, old: String, new: Option<String>, since: S) {
        self.0.insert(old, (new, since));
    }

    /// What an assignment ends is redirected, and an id that had died with its records and bears some again is not.
    ///
    /// A split is no redirect: the id lives on with the larger part, the other part has a new one.
    pub fn follow(&mut self, assignment: &Assignment, since: &S) {
        for redirect in &assignment.redirects {
            if redirect.reason != RedirectReason::Split {
                self.insert(redirect.old.clone(), redirect.new.clone(), since.clone());
            }
        }
        for id in &assignment.ids {
            self.0.remove(id);
        }
    }

    /// The customer that stands for an id now, through merges of merges: the id itself where it is not redirected, or where
    /// all its records were deleted.
    pub fn end_of<'a>(&'a self, id: &'a str) -> &'a str {
        let mut end = id;
        // No chain is longer than there are redirects.
        for _ in 0..self.0.len() {
            match self.0.get(end) {
                Some((Some(next), _)) => end = next,
                _ => break,
            }
        }
        end
    }

    /// Every id that is no more.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.0.keys()
    }

    /// Each with the customer that it leads to in one step, however often it was redirected. One that was deleted since stays
    /// the end; its own redirect says so.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Option<&str>, &S)> {
        self.0.iter().map(|(old, (new, since))| {
            let new = new.as_deref().map(|new| self.end_of(new));
            (old.as_str(), new, since)
        })
    }
}
