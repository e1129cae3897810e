//! Given names that stand for one another: Bob and Robert.

mod table;

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::lookup::Table;
use crate::text::fold;

static ROOTS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let roots = table::ROOTS
        .split(';')
        .filter_map(|line| line.split(' ').next());
    roots.map(fold).collect()
});

static BY_FORM: LazyLock<Table<String, Vec<String>>> = LazyLock::new(|| {
    // Keys are written without spaces and marks.
    let key = |name: &str| fold(name).replace(' ', "");
    let mut by_form: Table<String, Vec<String>> =
        Table::with_capacity_and_hasher(1600, Default::default());
    let lines = || {
        table::ROOTS
            .split(';')
            .filter_map(|line| line.split_once(' '))
    };
    for (root, forms) in lines() {
        for form in forms.split(' ') {
            let roots = by_form.entry(key(form)).or_default();
            if !roots.contains(&key(root)) {
                roots.push(key(root));
            }
        }
    }
    // A form that is a root of its own (Lena, Klaus) keeps itself among its roots.
    for (root, _) in lines() {
        let root = key(root);
        if let Some(roots) = by_form.get_mut(&root)
            && !roots.contains(&root)
        {
            roots.push(root);
        }
    }
    by_form
});

/// Is the key in the table, as a formal name or as a short form?
pub fn is_known(given_key: &str) -> bool {
    ROOTS.contains(given_key) || BY_FORM.contains_key(given_key)
}

/// The formal names that a given-name key (see [`crate::name::NameKeys::given`]) may stand for: "bob" → "robert";
/// "chris" → several. The key itself when it is no known short form.
pub fn roots(given_key: &str) -> impl Iterator<Item = &str> {
    let known = BY_FORM.get(given_key).map_or(&[][..], Vec::as_slice);
    known
        .iter()
        .map(String::as_str)
        .chain(known.is_empty().then_some(given_key))
}

/// Whether two given-name keys may be one name: equal, or with a common root. Not transitive: Jack may be John or
/// Jackson, who are two.
pub fn same_root(a: &str, b: &str) -> bool {
    a == b
        || (!a.is_empty()
            && !b.is_empty()
            && roots(a).any(|root| roots(b).any(|other| other == root)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nicknames_share_a_root() {
        for (a, b, want) in [
            ("bob", "robert", true),
            ("bob", "rob", true),
            ("liz", "elizabeth", true),
            ("bill", "will", true),
            ("alex", "alexandra", true),
            ("alex", "alexander", true),
            ("pepe", "jose", true),
            ("sepp", "josef", true),
            ("kasia", "katarzyna", true),
            ("sasha", "aleksandr", true),
            ("uschi", "ursula", true),
            ("nando", "fernando", true),
            ("karlheinz", "karlheinz", true),
            ("tono", "antonio", true),
            ("lena", "helena", true),
            ("bob", "william", false),
            ("john", "jane", false),
            ("", "", true),
            ("", "bob", false),
            ("jane", "jane", true),
            ("alexander", "alexandra", false),
            ("maria", "anna", false),
            ("john", "jackson", false),
            ("daniel", "danielle", false),
            ("zaphod", "zaphod", true),
        ] {
            assert_eq!(same_root(a, b), want, "{a} {b}");
            assert_eq!(same_root(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn unknown_names_are_their_own_root() {
        assert_eq!(roots("zaphod").collect::<Vec<_>>(), ["zaphod"]);
        assert!(roots("chris").count() > 3);
        assert!(BY_FORM.len() > 900, "{}", BY_FORM.len());
    }
}
