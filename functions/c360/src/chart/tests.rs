use super::*;
use proptest::prelude::*;

/// What is between `before` and the next `after`, wherever it is found.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    parts
        .filter_map(|part| Some(part.split_once(after)?.0))
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<f64> {
    let found = between(tag, &format!(" {name}=\""), "\"");
    found.first().map(|value| value.parse().unwrap())
}

/// Left end, right end and colour of each bar.
fn bars(svg: &str) -> Vec<(f64, f64, &str)> {
    let tags = between(svg, "<rect", "/>").into_iter();
    let bars = tags.filter(|tag| tag.contains("class=\"bar\""));
    bars.map(|tag| {
        let x = attribute(tag, "x").unwrap();
        let width = attribute(tag, "width").unwrap();
        (x, x + width, between(tag, "fill=\"", "\"")[0])
    })
    .collect()
}

/// What the labels say.
fn labels(svg: &str) -> Vec<&str> {
    let texts = between(svg, "<text", "</text>").into_iter();
    let labels = texts.map(|text| text.split_once('>').unwrap().1);
    labels
        .map(|label| label.split('<').next().unwrap())
        .collect()
}

/// Where the line is drawn that has this in its tag.
fn line(svg: &str, look: &str) -> Option<f64> {
    let lines = between(svg, "<line", "/>").into_iter();
    lines
        .filter(|tag| tag.contains(look))
        .find_map(|tag| attribute(tag, "x1"))
}

/// Where zero is: the one upright axis line (the other lies below).
fn zero(svg: &str) -> f64 {
    let lines = between(svg, "<line", "/>").into_iter();
    let mut upright = lines.filter(|tag| attribute(tag, "x1") == attribute(tag, "x2"));
    let axis = upright.find(|tag| tag.contains("#6e7781"));
    attribute(axis.unwrap(), "x1").unwrap()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.25
}

fn level<'a>(comparison: &'a str, level: &'a str, m: f64, u: f64) -> Level<'a> {
    Level {
        comparison,
        level,
        m,
        u,
    }
}

fn term<'a>(comparison: &'a str, bits: f64) -> Term<'a> {
    Term {
        comparison,
        level: "exact",
        bits,
    }
}

/// Tags are closed in order, text holds only what XML 1.0 allows, and everything drawn is within the view.
fn check(svg: &str) {
    let allowed = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    assert!(svg.chars().all(allowed));
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some((text, tag)) = rest.split_once('<') {
        entities(text);
        let (tag, after) = tag.split_once('>').unwrap();
        assert!(
            !tag.contains('<') && tag.matches('"').count() % 2 == 0,
            "{tag}"
        );
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name)),
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap()),
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    within(svg);
}

fn entities(text: &str) {
    assert!(!text.contains(['>', '"', '\'']), "{text}");
    for entity in text.split('&').skip(1) {
        let name = entity.split_once(';').map(|(name, _)| name);
        assert!(
            matches!(name, Some("amp" | "lt" | "gt" | "quot" | "#39")),
            "{text}"
        );
    }
}

fn within(svg: &str) {
    let view = between(svg, "viewBox=\"0 0 ", "\"")[0];
    let (width, height) = view.split_once(' ').unwrap();
    let (width, height): (f64, f64) = (width.parse().unwrap(), height.parse().unwrap());
    // Labels are looked at in their tags only: a name may hold anything.
    for tag in ["<rect", "<line", "<text"]
        .map(|tag| between(svg, tag, ">"))
        .concat()
    {
        for (names, most) in [(["x", "x1", "x2"], width), (["y", "y1", "y2"], height)] {
            for at in names.iter().filter_map(|name| attribute(tag, name)) {
                assert!((0.0..=most).contains(&at), "{tag}");
            }
        }
        let size = |name| attribute(tag, name).unwrap_or(1.0);
        assert!(size("width") >= 1.0 && size("height") >= 1.0, "{tag}");
        let end =
            |at, size| attribute(tag, at).unwrap_or(0.0) + attribute(tag, size).unwrap_or(0.0);
        assert!(
            end("x", "width") <= width && end("y", "height") <= height,
            "{tag}"
        );
    }
}

#[test]
fn a_weight_is_on_its_side_of_zero() {
    let levels = [
        level("birth_date", "exact", 0.8, 0.1),
        level("birth_date", "different", 0.1, 0.8),
        level("country", "exact", 0.5, 0.5),
    ];
    let svg = weights("Model", &levels);
    check(&svg);
    let (bars, zero) = (bars(&svg), zero(&svg));
    assert_eq!(bars.len(), 3);
    assert!(near(bars[0].0, zero) && bars[0].1 > zero + 10.0 && bars[0].2 == FOR);
    assert!(near(bars[1].1, zero) && bars[1].0 < zero - 10.0 && bars[1].2 == AGAINST);
    assert!(near(bars[2].1 - bars[2].0, 1.0), "the least bar is seen");
    let labels = labels(&svg);
    assert!(
        ["+3.0", "-3.0", "+0.0"]
            .iter()
            .all(|figure| labels.contains(figure))
    );
    let named = labels.iter().filter(|label| **label == "birth date");
    assert_eq!(named.count(), 1, "a comparison is named once");
}

#[test]
fn weights_without_bound_and_without_number() {
    let levels = [
        level("a", "always", 0.5, 0.0),
        level("a", "never", 0.0, 0.5),
        level("a", "unseen", 0.0, 0.0),
        level("a", "unknown", f64::NAN, 0.5),
    ];
    let svg = weights("Model", &levels);
    let labels = labels(&svg);
    let figures = labels
        .iter()
        .filter(|label| label.contains(['≥', '≤', '–']));
    assert_eq!(
        figures.collect::<Vec<_>>(),
        [&"≥ +40", &"≤ -40", &"–", &"–"]
    );
    assert_eq!(bars(&svg).len(), 4);
}

#[test]
fn m_and_u_are_two_bars() {
    let svg = probabilities(
        "Model",
        &[
            level("name", "exact", 0.8, 0.4),
            level("name", "else", 0.2, 1e-5),
        ],
    );
    check(&svg);
    let bars = bars(&svg);
    assert_eq!(
        bars.iter().map(|bar| bar.2).collect::<Vec<_>>(),
        [FOR, AGAINST, FOR, AGAINST]
    );
    let lengths = bars.iter().map(|bar| bar.1 - bar.0).collect::<Vec<_>>();
    assert!(near(lengths[0], 2.0 * lengths[1]) && near(lengths[0], 4.0 * lengths[2]));
    assert!(
        ["0.800", "0.400", "1.0e-5"]
            .iter()
            .all(|figure| labels(&svg).contains(figure))
    );
    assert_eq!(
        [small(0.99999), small(1.0), small(0.0)],
        ["> 0.999", "1.000", "0"]
    );
}

#[test]
fn a_waterfall_goes_on_where_it_was() {
    let terms = [
        term("prior", -12.0),
        term("name", 9.0),
        term("email", f64::NAN),
        term("phone", -2.0),
        term("tax", 14.0),
    ];
    let svg = waterfall("Pair", &terms, 9.1);
    check(&svg);
    let (bars, zero) = (bars(&svg), zero(&svg));
    assert_eq!(bars.len(), terms.len() + 1);
    let pixels = (zero - bars[0].0) / 12.0;
    let mut sum = 0.0;
    for (term, (left, right, color)) in terms.iter().zip(&bars) {
        let before = zero + sum * pixels;
        sum += number(term.bits);
        let after = zero + sum * pixels;
        let least = before.max(after).max(before.min(after) + 1.0);
        assert!(near(*left, before.min(after)) && near(*right, least));
        assert_eq!(*color, if term.bits < 0.0 { AGAINST } else { FOR });
    }
    let grey = between(&svg, "<line", "/>").into_iter();
    let joints = grey.filter(|tag| {
        let size = |a, b| (attribute(tag, a).unwrap() - attribute(tag, b).unwrap()).abs();
        tag.contains("#6e7781") && size("x1", "x2") == 0.0 && size("y1", "y2") < 10.0
    });
    assert_eq!(
        joints.count(),
        terms.len(),
        "each bar is joined to the next"
    );
    let last = bars[terms.len()];
    assert!(near(last.0, zero) && near(last.1, zero + 9.0 * pixels) && last.2 == SUM);
    assert!(near(line(&svg, "dasharray").unwrap(), zero + 9.1 * pixels));
    assert!(labels(&svg).contains(&"probability 0.9981"));
    assert!(svg.contains(
        "<desc>Match weight +9.0 bits, probability 0.9981; merged from +9.1 bits on.</desc>"
    ));
}

#[test]
fn a_threshold_that_cannot_be_drawn_is_left_out() {
    for merged_from in [f64::NAN, f64::INFINITY, 1e300] {
        let svg = waterfall("Pair", &[term("name", 3.0)], merged_from);
        assert!(line(&svg, "dasharray").is_none() && !svg.contains("merged"));
    }
}

#[test]
fn a_sum_is_never_certain() {
    assert_eq!(likelihood(0.0), "probability 0.5000");
    assert_eq!(likelihood(30.0), "probability > 0.9999");
    assert_eq!(likelihood(-4000.0), "probability < 0.0001");
    assert_eq!(total(-0.01), "+0.0");
}

#[test]
fn nothing_is_said_to_be_nothing() {
    for svg in [
        weights("T", &[]),
        probabilities("T", &[]),
        waterfall("T", &[], 9.1),
    ] {
        check(&svg);
        assert_eq!(labels(&svg), ["T", "Nothing to show."]);
    }
    assert!(page("T", &[]).contains("Nothing to show."));
}

#[test]
fn a_page_holds_its_charts_and_fetches_nothing() {
    let charts = ["A", "B"].map(|title| weights(title, &[level("name", "exact", 0.8, 0.1)]));
    let page = page("Jane <script> & Co", &charts);
    assert!(charts.iter().all(|chart| page.contains(chart.as_str())));
    assert!(page.contains("<h1>Jane &lt;script&gt; &amp; Co</h1>"));
    let bare = page.replace("http://www.w3.org/2000/svg", "");
    assert!(
        !["<script", "http:", "https:", "src=\"", "url(", "@import"]
            .iter()
            .any(|what| bare.contains(what))
    );
}

#[test]
fn long_names_are_cut_and_kept() {
    let long = "a_name_that_goes_on_and_on_and_on_and_on_and_on";
    let svg = weights("T", &[level(long, long, 0.8, 0.1)]);
    assert_eq!(
        labels(&svg)
            .iter()
            .filter(|label| label.ends_with('…'))
            .count(),
        2
    );
    let whole = format!("<title>{}</title>", long.replace('_', " "));
    assert_eq!(svg.matches(&whole).count(), 2);
}

fn any_text() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        '&', '<', '>', '"', '\'', '\0', '\u{1b}', '\u{ffff}', '_', ']',
    ]);
    let text = prop::collection::vec(prop_oneof![any::<char>(), odd], 0..60);
    text.prop_map(String::from_iter)
}

fn any_number() -> impl Strategy<Value = f64> {
    let odd = vec![
        0.0,
        -0.0,
        1.0,
        f64::MAX,
        f64::MIN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        f64::MIN_POSITIVE,
    ];
    prop_oneof![
        prop::num::f64::ANY,
        -60.0..60.0,
        0.0..1.0,
        prop::sample::select(odd)
    ]
}

proptest! {
    #[test]
    fn charts_are_well_formed_whatever_they_show(
        title in any_text(),
        rows in prop::collection::vec((any_text(), any_text(), any_number(), any_number()), 0..12),
        merged_from in any_number(),
    ) {
        let levels = rows.iter().map(|(a, b, m, u)| level(a, b, *m, *u)).collect::<Vec<_>>();
        let terms = rows.iter().map(|(comparison, level, bits, _)| Term { comparison, level, bits: *bits });
        let terms = terms.collect::<Vec<_>>();
        check(&weights(&title, &levels));
        check(&probabilities(&title, &levels));
        check(&waterfall(&title, &terms, merged_from));
    }

    #[test]
    fn no_number_is_written_that_is_none(
        rows in prop::collection::vec((any_number(), any_number()), 0..40),
        merged_from in any_number(),
    ) {
        let levels = rows.iter().map(|(m, u)| level("name", "exact", *m, *u)).collect::<Vec<_>>();
        let terms = rows.iter().map(|(bits, _)| term("name", *bits)).collect::<Vec<_>>();
        let count = |svg: &str| bars(svg).len();
        let charts = [weights("T", &levels), probabilities("T", &levels), waterfall("T", &terms, merged_from)];
        prop_assert_eq!(count(&charts[0]), rows.len());
        prop_assert_eq!(count(&charts[1]), 2 * rows.len());
        prop_assert_eq!(count(&charts[2]), if rows.is_empty() { 0 } else { rows.len() + 1 });
        for chart in charts {
            prop_assert!(!chart.contains("NaN") && !chart.contains("inf") && !chart.contains("-0.0"));
        }
    }
}
