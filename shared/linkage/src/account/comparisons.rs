//! What organizations are compared by, with the probabilities that are believed before any data is seen: m of one
//! organization's records in two systems, u of strangers, and of relatives (parent, subsidiary, branch, franchise).

use crate::comparison::{Comparison, Frequency, Level, level};

/// Numbers of registers, one to an organization; a branch may state its parent's.
const REGISTERED: &[Level] = &[
    level("exact", 0.85, 0.000001, 0.05).of_common(1.0),
    level("typo", 0.05, 0.00001, 0.01),
    level("different", 0.10, 0.999989, 0.94),
];

const fn registered(name: &'static str) -> Comparison {
    Comparison {
        name,
        levels: REGISTERED,
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    }
}

/// In the order of a vector.
pub(crate) const COMPARISONS: [Comparison; 12] = [
    Comparison {
        name: "name",
        levels: &[
            level("exact", 0.50, 0.0003, 0.20).of_common(1.0),
            // The same words in another order, or joined.
            level("words", 0.10, 0.00003, 0.02).of_common(1.0),
            level("typo", 0.10, 0.0001, 0.02).of_mistyped(),
            level("abbreviation", 0.08, 0.0001, 0.02).of_common(0.5),
            level("acronym", 0.05, 0.0006, 0.02),
            // The words of one are all in the other's: Acme, Acme Labs.
            level("part", 0.08, 0.001, 0.30),
            // A telling word in common: Acme Foods, Acme Labs.
            level("shared", 0.04, 0.02, 0.25),
            level("different", 0.05, 0.97787, 0.17),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "domain",
        levels: &[
            level("exact", 0.75, 0.0005, 0.50).of_common(1.0),
            // acme.com and acme.de
            level("label", 0.06, 0.0002, 0.10),
            level("typo", 0.02, 0.0002, 0.01),
            level("different", 0.17, 0.9991, 0.39),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "phone",
        levels: &[
            level("exact", 0.50, 0.00001, 0.15).of_common(1.0),
            // Country or area code aside.
            level("ending", 0.02, 0.00001, 0.005),
            level("typo", 0.03, 0.00002, 0.015),
            level("different", 0.45, 0.99996, 0.83),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "street",
        levels: &[
            level("exact", 0.65, 0.0001, 0.10).of_common(1.0),
            level("near", 0.13, 0.00003, 0.02).of_common(1.0),
            // The road, with another number or none.
            level("road", 0.04, 0.002, 0.03),
            level("different", 0.18, 0.99787, 0.85),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "postcode",
        levels: &[
            level("exact", 0.75, 0.001, 0.15).of_common(1.0),
            level("typo", 0.06, 0.005, 0.02),
            level("area", 0.07, 0.03, 0.13),
            level("different", 0.12, 0.964, 0.70),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "city",
        levels: &[
            level("exact", 0.60, 0.02, 0.20).of_common(1.0),
            level("near", 0.10, 0.003, 0.03).of_mistyped(),
            level("different", 0.30, 0.977, 0.77),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "country",
        levels: &[
            level("exact", 0.98, 0.5, 0.80),
            level("different", 0.02, 0.5, 0.20),
        ],
        frequency: Frequency::Ignored,
        is_shared_by_relatives: true,
    },
    registered("tax_id"),
    registered("registration_number"),
    registered("duns"),
    registered("lei"),
    // Counted up one by one, so that neighbours are two customers; one may have several.
    Comparison {
        name: "customer_number",
        levels: &[
            level("exact", 0.60, 0.000001, 0.02).of_common(1.0),
            level("different", 0.40, 0.999999, 0.98),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
];
