//! What the values of a file are like, column by column: how many are filled, valid and distinct, what they look like, and
//! what each rule changed. No value is kept: patterns and examples show letters as `a`, digits as `9`.

use super::mapped_rows::MappedRows;
use cardinality_estimator::CardinalityEstimator;
use records::rule::{Rule, Rules};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// Patterns of a column that are counted; further ones are not.
const PATTERNS: usize = 5_000;
/// Patterns of a column that are kept.
const TOP: usize = 10;
/// Rows of a file whose patterns are all counted, and which of those behind them are.
const EVERY_ROW: i64 = 10_000;
const THEN_EVERY: i64 = 16;
/// Characters of a pattern or an example.
const LENGTH: usize = 60;

/// A file, or a part of it.
#[derive(Default)]
pub struct Profile {
    /// Rows that the mapping yielded and that stand.
    pub rows: u64,
    columns: Vec<(String, Column)>,
    /// What was noticed of the row at work.
    pending: Vec<(usize, Noticed)>,
}

enum Noticed {
    Value,
    Invalid,
    /// With the value before and after, where the row is the first that shows one of the rules.
    Rules(Rules, Option<(String, String)>),
}

#[derive(Default)]
pub struct Column {
    /// Rows with a value.
    pub filled: u64,
    /// Of these, the ones whose value is none of its kind.
    pub invalid: u64,
    distinct: CardinalityEstimator<u64>,
    /// Values whose pattern was looked at.
    sampled: u64,
    patterns: BTreeMap<String, u64>,
    rules: BTreeMap<Rule, Tally>,
}

/// What a rule did in a column.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct Tally {
    pub values: u64,
    /// The first value that it changed, masked: before and after.
    pub before: String,
    pub after: String,
}

impl Profile {
    /// Looks at mapped rows; `number` tells the row of the file of those that stand.
    pub fn observe(
        &mut self,
        values: &MappedRows,
        rows: usize,
        number: impl Fn(usize) -> Option<i64>,
    ) {
        self.rows += (0..rows).filter(|row| number(*row).is_some()).count() as u64;
        values.each_column(rows, |name, cells| {
            let at = self.at(name);
            let column = &mut self.columns[at].1;
            let mut last = None;
            for (row, text) in cells {
                let Some(number) = number(row) else { continue };
                // Of a list, the row is filled once.
                column.filled += u64::from(last.replace(row) != Some(row));
                column.distinct.insert_hash(xxh3_64(text.as_bytes()));
                if number > EVERY_ROW && number % THEN_EVERY != 0 {
                    continue;
                }
                column.sampled += 1;
                column.count(pattern(&text), 1);
            }
        });
    }

    /// A value of a column that is made of several, such as a name or an address.
    pub fn value(&mut self, column: &str) {
        let at = self.at(column);
        self.pending.push((at, Noticed::Value));
    }

    /// A value that is none of its kind.
    pub fn invalid(&mut self, column: &str) {
        let at = self.at(column);
        self.pending.push((at, Noticed::Invalid));
    }

    /// What rules did to a value; `change` tells the value before and after, where it serves as an example.
    pub fn note(&mut self, column: &str, rules: Rules, change: impl FnOnce() -> (String, String)) {
        if rules.is_empty() {
            return;
        }
        let at = self.at(column);
        let known = &self.columns[at].1.rules;
        let is_first = rules.iter().any(|rule| !known.contains_key(&rule));
        let example = is_first.then(|| {
            let (before, after) = change();
            (masked(&before), masked(&after))
        });
        self.pending.push((at, Noticed::Rules(rules, example)));
    }

    /// Ends a row: what was noticed counts if it stands.
    pub fn end(&mut self, stands: bool) {
        for (at, noticed) in self.pending.drain(..) {
            if !stands {
                continue;
            }
            let column = &mut self.columns[at].1;
            match noticed {
                Noticed::Value => column.filled += 1,
                Noticed::Invalid => column.invalid += 1,
                Noticed::Rules(rules, example) => {
                    for rule in rules.iter() {
                        let tally = column.rules.entry(rule).or_default();
                        tally.values += 1;
                        if let Some((before, after)) =
                            example.as_ref().filter(|_| tally.values == 1)
                        {
                            tally.before.clone_from(before);
                            tally.after.clone_from(after);
                        }
                    }
                }
            }
        }
    }

    /// Adds what comes behind it in the file.
    pub fn merge(&mut self, other: Profile) {
        self.rows += other.rows;
        for (name, other) in other.columns {
            let at = self.at(&name);
            let column = &mut self.columns[at].1;
            column.filled += other.filled;
            column.invalid += other.invalid;
            column.sampled += other.sampled;
            column.distinct.merge(&other.distinct);
            for (pattern, count) in other.patterns {
                column.count(pattern, count);
            }
            for (rule, other) in other.rules {
                let tally = column.rules.entry(rule).or_default();
                if tally.values == 0 {
                    *tally = other;
                } else {
                    tally.values += other.values;
                }
            }
        }
    }

    /// The columns, in the order in which they were met.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Column)> {
        let columns = self.columns.iter();
        columns.map(|(name, column)| (name.as_str(), column))
    }

    /// Where a column stands.
    fn at(&mut self, name: &str) -> usize {
        let known = self.columns.iter().position(|(known, _)| known == name);
        known.unwrap_or_else(|| {
            self.columns.push((name.to_owned(), Column::default()));
            self.columns.len() - 1
        })
    }
}

impl Column {
    fn count(&mut self, pattern: String, times: u64) {
        if let Some(count) = self.patterns.get_mut(&pattern) {
            *count += times;
        } else if self.patterns.len() < PATTERNS {
            self.patterns.insert(pattern, times);
        }
    }

    pub fn valid(&self) -> u64 {
        self.filled.saturating_sub(self.invalid)
    }

    /// About how many distinct values there are (HyperLogLog; exact up to a hundred or so, within 2 % beyond).
    pub fn distinct(&self) -> u64 {
        (self.distinct.estimate() as u64).min(self.filled)
    }

    /// The most frequent patterns, each with its share of the values.
    pub fn top_patterns(&self) -> Vec<(&str, f64)> {
        let patterns = self.patterns.iter();
        let mut patterns: Vec<(&str, u64)> = patterns
            .map(|(pattern, count)| (pattern.as_str(), *count))
            .collect();
        patterns.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        patterns.truncate(TOP);
        let all = self.sampled.max(1) as f64;
        patterns
            .into_iter()
            .map(|(pattern, count)| (pattern, count as f64 / all))
            .collect()
    }

    /// What each rule did, by name.
    pub fn rules(&self) -> BTreeMap<&'static str, &Tally> {
        let rules = self.rules.iter();
        rules.map(|(rule, tally)| (rule.name(), tally)).collect()
    }
}

/// What a value looks like: runs of letters as `A`, `a` or `Aa`, each digit as `9`, everything else as it is.
fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len().min(LENGTH));
    let mut last = ' ';
    for letter in text.chars().take(4 * LENGTH) {
        let class = class(letter);
        // Letters of a run say no more than its first two do.
        let is_more = matches!((last, class), ('A', 'A') | ('a', 'a'));
        if !is_more {
            pattern.push(class);
        }
        if pattern.len() >= LENGTH {
            break;
        }
        last = class;
    }
    pattern
}

/// A value that may be shown: each letter as `A` or `a`, each digit as `9`.
fn masked(text: &str) -> String {
    text.chars().take(LENGTH).map(class).collect()
}

fn class(letter: char) -> char {
    match letter {
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        '0'..='9' => '9',
        letter if letter.is_ascii() => letter,
        letter if letter.is_uppercase() => 'A',
        letter if letter.is_alphabetic() => 'a',
        letter if letter.is_numeric() => '9',
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_show_no_value() {
        for (text, expected) in [
            ("Jane", "Aa"),
            ("JANE ROE-smith", "A A-a"),
            ("(212) 555-0187", "(999) 999-9999"),
            ("jane.roe@example.com", "a.a@a.a"),
            ("Ñandú 5", "Aa 9"),
        ] {
            assert_eq!(pattern(text), expected);
        }
        assert_eq!(masked("Jane ROE 12"), "Aaaa AAA 99");
    }

    #[test]
    fn rules_are_counted_with_one_example_each() {
        let mut profile = Profile::default();
        let change = || ("JANE".to_owned(), "Jane".to_owned());
        let case = Rules::NONE.with(Rule::NameCase);
        profile.note("name", case, change);
        profile.end(true);
        profile.note("name", case, change);
        profile.end(true);
        // A row that goes to quarantine counts there.
        profile.note("name", case.with(Rule::NameOrder), change);
        profile.end(false);
        let mut later = Profile::default();
        let both = case.with(Rule::NameTitle);
        later.note("name", both, || ("DR ROE".into(), "Roe".into()));
        later.end(true);
        profile.merge(later);
        let (_, column) = profile.columns().next().unwrap();
        let rules = column.rules();
        assert!(!rules.contains_key("name.order"));
        let told = |rule: &str| {
            (
                rules[rule].values,
                rules[rule].before.as_str(),
                rules[rule].after.as_str(),
            )
        };
        assert_eq!(told("name.case"), (3, "AAAA", "Aaaa"));
        assert_eq!(told("name.title"), (1, "AA AAA", "Aaa"));
    }
}
