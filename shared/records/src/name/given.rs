//! Which words are given names.

mod table;

use crate::nickname;

/// Is the key (lower-case ASCII) a common given name, or a form of one?
pub(super) fn is_given(key: &str) -> bool {
    table::NAMES.contains(key) || nickname::is_known(key)
}
