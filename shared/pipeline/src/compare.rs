//! Comparisons of two records' keys, as SQL and `c360 explain` call them. `""` is missing.

use linkage::{Name, NameLevel, compare_names};

fn named<'a>(given: &'a str, family: &'a str) -> Name<'a> {
    Name { given, family }
}

/// Level and similarity of two names given as keys.
pub fn name(a_given: &str, a_family: &str, b_given: &str, b_family: &str) -> (NameLevel, f64) {
    compare_names(named(a_given, a_family), named(b_given, b_family))
}

/// See [`linkage::are_relatives_names`].
pub fn are_relatives_names(a_given: &str, a_family: &str, b_given: &str, b_family: &str) -> bool {
    linkage::are_relatives_names(named(a_given, a_family), named(b_given, b_family))
}
