use proptest::prelude::*;

use super::*;

fn parse(text: &str) -> Email {
    Email::parse(text).unwrap()
}

#[test]
fn reads_addresses() {
    for (text, want) in [
        (" Jane.Doe@Example.COM ", "jane.doe@example.com"),
        ("mailto:jane@x.example?subject=hi", "jane@x.example"),
        ("Jane Doe <jane@x.example>", "jane@x.example"),
        ("\"Doe, Jane\" <Jane@x.example>;", "jane@x.example"),
        ("<jane@x.example>", "jane@x.example"),
        ("jane@x.example.", "jane@x.example"),
        ("'jane@x.example'", "jane@x.example"),
        ("o'brien+news@sub.x.example", "o'brien+news@sub.x.example"),
        ("jürgen@müller.example", "jürgen@müller.example"),
        ("jane\u{200b}@x.example", "jane@x.example"),
        ("jane@xn--mller-kva.example", "jane@müller.example"),
        ("jane@MÜLLER。example", "jane@müller.example"),
        ("राम@उदाहरण.भारत", "राम@उदाहरण.भारत"),
        // Found by fuzzing: there is no capital of ẙ.
        ("Y\u{30a}@x.example", "\u{1e99}@x.example"),
        ("jane@x.example (work)", "jane@x.example"),
        ("'jane@x.example", "jane@x.example"),
        ("<mailto:jane@x.example>", "jane@x.example"),
    ] {
        assert_eq!(
            Email::parse(text).as_ref().map(Email::as_str),
            Ok(want),
            "{text}"
        );
    }
}

#[test]
fn refuses_what_is_no_address() {
    for (text, want) in [
        ("", EmailFault::Empty),
        ("NULL", EmailFault::Empty),
        ("jane", EmailFault::NoAt),
        ("@x.example", EmailFault::LocalPart),
        ("jane@", EmailFault::Domain),
        ("jane@x", EmailFault::Domain),
        ("jane@x..example", EmailFault::Domain),
        ("jane@-x.example", EmailFault::Domain),
        ("jane doe@x.example", EmailFault::LocalPart),
        ("jane..doe@x.example", EmailFault::LocalPart),
        (".jane@x.example", EmailFault::LocalPart),
        ("a@b.example, c@d.example", EmailFault::ManyAddresses),
        ("jane@[127.0.0.1]", EmailFault::Domain),
        ("jane@127.0.0.1", EmailFault::Domain),
        ("jane@x.c0m", EmailFault::Domain),
        ("\"a b\"@x.example", EmailFault::LocalPart),
        ("jane@x_y.example", EmailFault::Domain),
        ("jane@xn--a.example", EmailFault::Domain),
        ("\"jane@x.example", EmailFault::LocalPart),
        ("(jane@x.example", EmailFault::LocalPart),
    ] {
        assert_eq!(Email::parse(text).unwrap_err(), want, "{text}");
    }
}

#[test]
fn match_keys_are_one_per_mailbox() {
    for (text, want) in [
        ("J.Doe+shop@googlemail.com", "jdoe@gmail.com"),
        ("j.doe+shop@x.example", "j.doe@x.example"),
        ("+x@x.example", "+x@x.example"),
        ("a.+x@x.example", "a.+x@x.example"),
        ("jane@me.com", "jane@icloud.com"),
        ("jane@XN--MLLER-KVA.example", "jane@müller.example"),
    ] {
        assert_eq!(parse(text).match_key(), want);
    }
}

#[test]
fn knows_shared_and_empty_mailboxes() {
    for (text, free, role, placeholder) in [
        ("jane@gmail.com", true, false, false),
        ("jane@yahoo.co.uk", true, false, false),
        ("jane@hotmail.fr", true, false, false),
        ("jane@acme.example", false, false, false),
        ("info@acme.example", false, true, false),
        ("info-de@acme.example", false, true, false),
        ("no-reply@acme.example", false, true, false),
        ("sales2@acme.example", false, true, false),
        ("sales.smith@acme.example", false, false, false),
        ("none@none.com", false, false, true),
        ("test@test.com", false, false, true),
        ("noemail@acme.example", false, false, true),
        ("a@a.com", false, false, true),
        ("xxx@gmail.com", true, false, true),
        ("jane@example.com", false, false, false),
        ("ana@test.com", false, false, false),
        ("no.email@x.com", false, false, true),
        ("jane@live.example", false, false, false),
        ("it@acme.example", false, true, false),
        ("anna@anna-shop.example", false, false, false),
    ] {
        let email = parse(text);
        assert_eq!(
            (
                email.is_free_mail(),
                email.is_role(),
                email.is_placeholder()
            ),
            (free, role, placeholder),
            "{text}"
        );
    }
}

#[test]
fn debug_shows_no_address() {
    let shown = format!("{:?}", parse("jane@x.example"));
    assert!(!shown.contains("jane"), "{shown}");
}

#[test]
fn suggests_for_mistyped_domains_and_knows_throw_away_mail() {
    let email = parse("Jane.Doe@gmial.con");
    assert_eq!(email.as_str(), "jane.doe@gmial.con");
    assert_eq!(email.suggestion(), Some(parse("jane.doe@gmail.com")));
    assert_eq!(parse("jane@gmail.com").suggestion(), None);
    for (text, want) in [
        ("jane@mailinator.com", true),
        ("jane@x.mailinator.com", true),
        ("jane@gmail.com", false),
    ] {
        assert_eq!(parse(text).is_disposable(), want, "{text}");
        assert!(parse(text).is_free_mail());
    }
}

#[test]
fn an_international_domain_has_an_ascii_form() {
    for (text, want) in [
        ("jane@müller.example", Some("jane@xn--mller-kva.example")),
        ("jane@x.example", Some("jane@x.example")),
        ("jürgen@müller.example", None),
    ] {
        assert_eq!(parse(text).to_ascii().as_deref(), want);
    }
}

#[test]
fn reads_several_addresses() {
    for text in [
        "a1@b.example, c1@d.example",
        "A1@b.example; Carl <c1@d.example>; a1@b.example",
        "a1@b.example c1@d.example nobody@",
        "a1@b.example/c1@d.example",
    ] {
        let all = Email::parse_all(text).unwrap();
        let all: Vec<&str> = all.iter().map(Email::as_str).collect();
        assert_eq!(all, ["a1@b.example", "c1@d.example"], "{text}");
    }
    assert_eq!(Email::parse_all("a1@b.example").map(|all| all.len()), Ok(1));
    assert_eq!(Email::parse_all("a1@, b1@"), Err(EmailFault::Domain));
}

#[test]
fn says_which_rules_did_something() {
    use Rule::*;
    for (text, want) in [
        ("jane@x.example", &[][..]),
        ("Jane@x.example", &[EmailCase]),
        ("<jane@x.example>", &[EmailUnwrap]),
        ("jane\u{200b}@x.example", &[TextMarkup]),
        ("jane@xn--mller-kva.example", &[EmailIdn]),
        ("jane+a@x.example", &[EmailSubaddress]),
        ("j.doe@gmail.com", &[EmailMailbox, EmailFreeMail]),
        ("info@x.example", &[EmailRole]),
        ("jane@gmial.com", &[EmailTypo]),
    ] {
        let want = want.iter().fold(Rules::NONE, |set, rule| set.with(*rule));
        assert_eq!(parse(text).rules(), want, "{text}");
    }
    let kept = Email::parse_with("J.Doe+a@googlemail.com", Rules::NONE).unwrap();
    assert_eq!(kept.as_str(), "J.Doe+a@googlemail.com");
    assert_eq!(kept.match_key(), "j.doe+a@googlemail.com");
}

proptest! {
    #[test]
    fn settles(text in ".{0,40}|[a-zA-Z0-9.+<>\" ]{0,12}@[a-zA-Z0-9.-]{0,16}|\\w{1,3}@(xn--)?\\w{1,5}\\.\\w{2,3}") {
        if let Ok(once) = Email::parse(&text) {
            prop_assert_eq!(Email::parse(once.as_str()), Ok(once.clone()));
            let key = once.match_key();
            prop_assert!(key.contains('@'));
            prop_assert_eq!(Email::parse(&key).map(|email| email.match_key()), Ok(key));
            if let Some(ascii) = once.to_ascii() {
                prop_assert_eq!(Email::parse(&ascii), Ok(once.clone()));
            }
            once.suggestion();
        }
        if let Ok(plain) = Email::parse_with(&text, Rules::NONE) {
            prop_assert_eq!((plain.as_str(), plain.rules()), (text.trim(), Rules::NONE));
        }
        if let Ok(all) = Email::parse_all(&text) {
            prop_assert!(!all.is_empty());
        }
    }
}
