//! Birth dates, where people and forms get a part wrong rather than the whole.

use super::MISSING;

const EXACT: u8 = 1;
const SWAPPED: u8 = 2;
const TYPO: u8 = 3;
const PART: u8 = 4;
const MONTH: u8 = 5;
const YEAR: u8 = 6;
const DECADE: u8 = 7;
const DIFFERENT: u8 = 8;

/// Days since 1970-01-01, as a column of dates holds them, to a birth date as comparisons take it: 19880214.
pub fn packed_date(days: i32) -> u32 {
    // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days.
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    u32::try_from(year * 10_000 + month * 100 + day).unwrap_or_default()
}

/// Level of two dates as year, month and day in decimal digits; 0 is missing, and so are a month or day of 00.
pub(crate) fn birth_date(a: u32, b: u32) -> u8 {
    if a == 0 || b == 0 {
        return MISSING;
    }
    let parts = |date: u32| (date / 10_000, date / 100 % 100, date % 100);
    let ((year_a, month_a, day_a), (year_b, month_b, day_b)) = (parts(a), parts(b));
    if [month_a, day_a, month_b, day_b].contains(&0) {
        let is_known_in_both = |x: u32, y: u32| x != 0 && x == y;
        return match year_a == year_b {
            false => apart(a, b),
            true if is_known_in_both(month_a, month_b) || is_known_in_both(day_a, day_b) => PART,
            // The year alone is in common with one in seventy.
            true => MISSING,
        };
    }
    if a == b {
        return EXACT;
    }
    if year_a == year_b && month_a == day_b && day_a == month_b {
        return SWAPPED;
    }
    let slip = match (year_a == year_b, month_a == month_b, day_a == day_b) {
        (false, true, true) => is_digit_slip(year_a, year_b),
        (true, false, true) => is_digit_slip(month_a, month_b),
        (true, true, false) => is_digit_slip(day_a, day_b),
        _ => return apart(a, b),
    };
    if slip { TYPO } else { PART }
}

/// Are two known dates more than a slip of the pen apart: two parts of three, and years and more between them?
pub(crate) fn is_apart(a: u32, b: u32) -> bool {
    let parts = [10_000, 100, 1].map(|place| (a / place % 100, b / place % 100));
    birth_date(a, b) >= DECADE && parts.iter().filter(|(x, y)| x != y).count() > 1
}

/// By how far two dates lie apart, with months of 31 days.
fn apart(a: u32, b: u32) -> u8 {
    let days = |date: u32| (date / 10_000 * 12 + date / 100 % 100) * 31 + date % 100;
    match days(a).abs_diff(days(b)) {
        0..=31 => MONTH,
        32..=372 => YEAR,
        373..=3720 => DECADE,
        _ => DIFFERENT,
    }
}

/// One digit replaced, or two neighbours swapped, in numbers of up to four digits.
fn is_digit_slip(a: u32, b: u32) -> bool {
    let digits = |number: u32| [1, 10, 100, 1000].map(|place| number / place % 10);
    let (a, b) = (digits(a), digits(b));
    let mut slips = a.iter().zip(&b).enumerate().filter(|(_, (x, y))| x != y);
    match (slips.next(), slips.next(), slips.next()) {
        (Some(_), None, None) => true,
        (Some((place, (x, y))), Some((next, (v, w))), None) => {
            next == place + 1 && x == w && y == v
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels() {
        for (a, b, want) in [
            (0, 19880214, MISSING),
            (19880214, 19880214, EXACT),
            (19880304, 19880403, SWAPPED),
            (19880214, 19880217, TYPO),
            (19880214, 19890214, TYPO),
            (19880212, 19880221, TYPO),
            (19880214, 19881014, PART),
            (19880214, 19940214, TYPO + 1),
            (19880214, 19880311, MONTH),
            (19880214, 19881117, YEAR),
            (19880214, 19950311, DECADE),
            (19880214, 19440311, DIFFERENT),
            (19880000, 19880214, MISSING),
            (19880200, 19880214, PART),
            (19880014, 19880214, PART),
            (19880000, 19440214, DIFFERENT),
        ] {
            assert_eq!(birth_date(a, b), want, "{a} {b}");
            assert_eq!(birth_date(b, a), want, "{b} {a}");
        }
    }

    #[test]
    fn days_are_dates() {
        for (days, want) in [
            (0, 19700101),
            (-1, 19691231),
            (11_016, 20000229),
            (-25_567, 19000101),
        ] {
            assert_eq!(packed_date(days), want);
        }
    }
}
