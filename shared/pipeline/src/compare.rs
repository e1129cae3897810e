//! Comparisons of two records' keys, as SQL and `c360 explain` call them.

use linkage::{Name, NameLevel, compare_names};

/// Level and similarity of two names given as keys; `""` is missing.
pub fn name(a_given: &str, a_family: &str, b_given: &str, b_family: &str) -> (NameLevel, f64) {
    compare_names(
        Name {
            given: a_given,
            family: a_family,
        },
        Name {
            given: b_given,
            family: b_family,
        },
    )
}
