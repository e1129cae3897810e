//! `[[limits]]`: what the KPIs of a publication may be, and what happens where one is not.

use serde::Deserialize;

/// The KPIs of `gold.kpis`, with what each is told for. What they mean: `sql/README.md`.
pub const KPIS: [(&str, &[&str]); 19] = [
    ("customers", OF_CUSTOMERS),
    ("records", OF_CUSTOMERS),
    ("largest_customer", OF_CUSTOMERS),
    ("duplicate_rate", OF_CUSTOMERS),
    ("over_merge_rate", OF_CUSTOMERS),
    ("completeness", OF_CUSTOMERS),
    ("email_known", OF_CUSTOMERS),
    ("phone_known", OF_CUSTOMERS),
    ("address_known", OF_CUSTOMERS),
    ("consent_coverage", OF_CUSTOMERS),
    ("email_reachable", OF_CUSTOMERS),
    ("sms_reachable", OF_CUSTOMERS),
    ("marketing_reachable", OF_CUSTOMERS),
    ("valid_email", &["all", "source_system"]),
    ("valid_phone", &["all", "source_system"]),
    ("quarantine_rate", &["all", "source_system"]),
    ("id_churn", &["all", "entity"]),
    ("review_backlog", &["all", "entity"]),
    ("facts", &["table"]),
];

const OF_CUSTOMERS: &[&str] = &["all", "entity", "segment", "source_system"];

/// Bounds of one KPI, for every group of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    pub kpi: &'static str,
    /// `all`, `entity`, `segment`, `source_system`, `table`
    pub by: &'static str,
    pub min: Option<f64>,
    pub max: Option<f64>,
    /// Against the publication before, as a share of the value there.
    pub max_change: Option<f64>,
    /// Nothing is published until a person decides; else it is told.
    pub stops: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    kpi: String,
    by: Option<String>,
    min: Option<f64>,
    max: Option<f64>,
    max_change: Option<f64>,
    #[serde(default)]
    stop: bool,
}

/// Errors: what is wrong, and what to write instead.
pub(super) fn read(written: Vec<Written>) -> Result<Vec<Limit>, String> {
    let mut limits: Vec<Limit> = Vec::with_capacity(written.len());
    for one in written {
        let limit = one.read()?;
        let is_same = |other: &Limit| (other.kpi, other.by) == (limit.kpi, limit.by);
        if limits.iter().any(is_same) {
            return Err(format!(
                "two [[limits]] are of {} by {}: write their bounds in one",
                limit.kpi, limit.by
            ));
        }
        limits.push(limit);
    }
    Ok(limits)
}

impl Written {
    fn read(self) -> Result<Limit, String> {
        let Some((kpi, scopes)) = KPIS.iter().find(|(known, _)| *known == self.kpi) else {
            let known: Vec<&str> = KPIS.iter().map(|(known, _)| *known).collect();
            return Err(format!(
                "[[limits]] kpi = {:?} is none of {}",
                self.kpi,
                known.join(", ")
            ));
        };
        let wanted = self.by.as_deref();
        let by = match wanted {
            None => scopes.first(),
            Some(wanted) => scopes.iter().find(|scope| **scope == wanted),
        };
        let Some(by) = by else {
            return Err(format!(
                "[[limits]] {kpi}: by = {:?} is none of {}",
                wanted.unwrap_or_default(),
                scopes.join(", ")
            ));
        };
        let bounds = [
            ("min", self.min),
            ("max", self.max),
            ("max_change", self.max_change),
        ];
        if bounds.iter().all(|(_, bound)| bound.is_none()) {
            return Err(format!(
                "[[limits]] {kpi}: nothing is limited; write min, max or max_change"
            ));
        }
        for (name, bound) in bounds {
            if bound.is_some_and(|bound| !bound.is_finite() || bound < 0.0) {
                return Err(format!(
                    "[[limits]] {kpi}: {name} is no limit; write a number from 0 on"
                ));
            }
        }
        if let (Some(min), Some(max)) = (self.min, self.max)
            && min > max
        {
            return Err(format!("[[limits]] {kpi}: min {min} is above max {max}"));
        }
        Ok(Limit {
            kpi,
            by,
            min: self.min,
            max: self.max,
            max_change: self.max_change,
            stops: self.stop,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Whole {
        limits: Vec<Written>,
    }

    fn limits(text: &str) -> Result<Vec<Limit>, String> {
        let whole: Whole = toml::from_str(text).unwrap();
        read(whole.limits)
    }

    #[test]
    fn a_limit_is_of_everybody_and_only_told() {
        let read = limits("[[limits]]\nkpi = \"valid_email\"\nmin = 0.98\n").unwrap();
        let limit = Limit {
            kpi: "valid_email",
            by: "all",
            min: Some(0.98),
            max: None,
            max_change: None,
            stops: false,
        };
        assert_eq!(read, [limit]);
    }

    #[test]
    fn mistakes_are_told() {
        for (text, told) in [
            ("kpi = \"valid_mail\"\nmin = 1", "valid_email"),
            ("kpi = \"id_churn\"\nby = \"segment\"\nmax = 1", "entity"),
            ("kpi = \"customers\"", "nothing is limited"),
            ("kpi = \"customers\"\nmin = nan", "no limit"),
            ("kpi = \"customers\"\nmin = -1", "no limit"),
            ("kpi = \"customers\"\nmin = 2\nmax = 1", "above max"),
            (
                "kpi = \"customers\"\nmin = 2\n[[limits]]\nkpi = \"customers\"\nmax = 9",
                "two",
            ),
        ] {
            let error = limits(&format!("[[limits]]\n{text}\n")).unwrap_err();
            assert!(error.contains(told), "{text}: {error}");
        }
    }
}
