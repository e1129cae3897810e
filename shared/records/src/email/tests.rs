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
fn lists_are_sorted() {
    for list in [&FREE_MAIL[..], &FREE_MAIL_FAMILIES, &ROLES, &PLACEHOLDERS] {
        assert!(list.is_sorted());
    }
}

#[test]
fn debug_shows_no_address() {
    assert_eq!(format!("{:?}", parse("jane@x.example")), "Email { .. }");
}

proptest! {
    #[test]
    fn settles(text in ".{0,40}|[a-zA-Z0-9.+<>\" ]{0,12}@[a-zA-Z0-9.-]{0,16}") {
        if let Ok(once) = Email::parse(&text) {
            prop_assert_eq!(Email::parse(once.as_str()), Ok(once.clone()));
            let key = once.match_key();
            prop_assert!(key.contains('@'));
            let _ = (once.is_free_mail(), once.is_role(), once.is_placeholder());
        }
    }
}
