//! What people are compared by, with the probabilities that are believed before any data is seen: m of one person's
//! records in two systems, u of strangers, and of relatives in one household (parents and children, couples, twins).

use crate::comparison::{Comparison, Frequency, level};

/// In the order of a vector.
pub(crate) const COMPARISONS: [Comparison; 15] = [
    Comparison {
        name: "given_name",
        levels: &[
            level("exact", 0.72, 0.005, 0.01).of_common(1.0),
            level("nickname", 0.05, 0.002, 0.01).of_common(0.5),
            level("typo", 0.12, 0.0005, 0.003).of_mistyped(),
            level("similar", 0.03, 0.005, 0.02),
            level("initial", 0.04, 0.01, 0.06),
            // Both names: the family name then says nothing of its own.
            level("swapped", 0.02, 0.000005, 0.00005).of_both(),
            level("different", 0.02, 0.977495, 0.89695),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: false,
    },
    Comparison {
        name: "family_name",
        levels: &[
            level("exact", 0.80, 0.001, 0.60).of_common(1.0),
            level("typo", 0.09, 0.0003, 0.05).of_mistyped(),
            level("similar", 0.02, 0.003, 0.01),
            // A double name, and one of its parts.
            level("part", 0.03, 0.0005, 0.02),
            level("initial", 0.01, 0.03, 0.03),
            level("different", 0.05, 0.9652, 0.29),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "middle_name",
        levels: &[
            level("exact", 0.60, 0.01, 0.05).of_common(1.0),
            level("initial", 0.30, 0.07, 0.08),
            level("similar", 0.05, 0.01, 0.02),
            level("different", 0.05, 0.91, 0.85),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: false,
    },
    Comparison {
        name: "name_suffix",
        levels: &[
            level("exact", 0.95, 0.3, 0.05),
            level("different", 0.05, 0.7, 0.95),
        ],
        frequency: Frequency::Ignored,
        is_shared_by_relatives: false,
    },
    Comparison {
        name: "birth_date",
        levels: &[
            level("exact", 0.85, 0.00004, 0.02).of_common(1.0),
            // Day and month.
            level("swapped", 0.015, 0.00002, 0.00002),
            level("typo", 0.05, 0.001, 0.002),
            // Two of year, month and day.
            level("part", 0.03, 0.004, 0.005),
            level("month", 0.01, 0.003, 0.005),
            level("year", 0.01, 0.025, 0.06),
            level("decade", 0.01, 0.22, 0.35),
            level("different", 0.025, 0.74694, 0.55798),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: false,
    },
    Comparison {
        name: "gender",
        levels: &[
            level("exact", 0.98, 0.5, 0.4),
            level("different", 0.02, 0.5, 0.6),
        ],
        frequency: Frequency::Ignored,
        is_shared_by_relatives: false,
    },
    Comparison {
        name: "email",
        levels: &[
            level("exact", 0.60, 0.00001, 0.20).of_common(1.0),
            level("typo", 0.04, 0.000005, 0.003).of_common(1.0),
            // One user name, that is not made of the name, at two providers.
            level("user", 0.06, 0.00002, 0.001),
            level("similar", 0.02, 0.0001, 0.01),
            // Colleagues: a domain of the company's own.
            level("domain", 0.04, 0.001, 0.03),
            level("different", 0.24, 0.998865, 0.756),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "phone",
        levels: &[
            level("exact", 0.50, 0.00001, 0.30).of_common(1.0),
            // Country or area code aside.
            level("ending", 0.02, 0.00001, 0.005),
            level("typo", 0.03, 0.00002, 0.003),
            level("different", 0.45, 0.99996, 0.692),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "street",
        levels: &[
            level("exact", 0.60, 0.00002, 0.60).of_common(1.0),
            level("near", 0.12, 0.00001, 0.10).of_common(1.0),
            // The road, with another number or none.
            level("road", 0.04, 0.0005, 0.02),
            level("different", 0.24, 0.99947, 0.28),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "postcode",
        levels: &[
            level("exact", 0.75, 0.001, 0.75).of_common(1.0),
            level("typo", 0.06, 0.005, 0.04),
            level("area", 0.06, 0.03, 0.06),
            level("different", 0.13, 0.964, 0.15),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "city",
        levels: &[
            level("exact", 0.60, 0.02, 0.60).of_common(1.0),
            level("near", 0.10, 0.003, 0.06).of_mistyped(),
            level("different", 0.30, 0.977, 0.34),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "country",
        levels: &[
            level("exact", 0.98, 0.5, 0.98),
            level("different", 0.02, 0.5, 0.02),
        ],
        frequency: Frequency::Ignored,
        is_shared_by_relatives: true,
    },
    Comparison {
        name: "company",
        levels: &[
            level("exact", 0.50, 0.001, 0.10).of_common(1.0),
            level("near", 0.12, 0.0005, 0.02),
            level("different", 0.38, 0.9985, 0.88),
        ],
        frequency: Frequency::OfNames,
        is_shared_by_relatives: true,
    },
    // Given out far apart, one to a person: a typing error can be told from a neighbour.
    Comparison {
        name: "national_id",
        levels: &[
            level("exact", 0.92, 0.000001, 0.000002).of_common(1.0),
            level("typo", 0.04, 0.00001, 0.00001),
            level("different", 0.04, 0.999989, 0.999988),
        ],
        frequency: Frequency::OfIdentities,
        is_shared_by_relatives: false,
    },
    // Counted up one by one, so that neighbours are two customers; one may have several, and share one at home.
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
