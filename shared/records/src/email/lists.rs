//! What is known of single domains and local parts.

use std::sync::LazyLock;

use super::disposable::DISPOSABLE;
use super::free_mail::{FREE_MAIL, FREE_MAIL_FAMILIES, SAME_MAILBOX};
use crate::lookup::Table;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Provider {
    Free,
    Disposable,
}

/// Lookups are by hash: a binary search over strings costs ten times as much.
static PROVIDERS: LazyLock<Table<&str, Provider>> = LazyLock::new(|| {
    let free = FREE_MAIL.iter().map(|domain| (*domain, Provider::Free));
    let disposable = DISPOSABLE
        .iter()
        .map(|domain| (*domain, Provider::Disposable));
    free.chain(disposable).collect()
});
static MAIN_DOMAINS: LazyLock<Table<&str, &str>> =
    LazyLock::new(|| SAME_MAILBOX.into_iter().collect());
static NO_PERSONS: LazyLock<Table<&str, NoPerson>> = LazyLock::new(|| {
    let roles = ROLES.iter().map(|word| (*word, NoPerson::Role));
    let placeholders = PLACEHOLDERS
        .iter()
        .map(|word| (*word, NoPerson::Placeholder));
    roles.chain(placeholders).collect()
});

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NoPerson {
    Role,
    Placeholder,
}

/// A mail provider for everyone; throw-away ones also by a subdomain, which they give out to get past lists.
pub(super) fn provider(domain: &str) -> Option<Provider> {
    if let Some(provider) = PROVIDERS.get(domain) {
        return Some(*provider);
    }
    let (first, rest) = domain.split_once('.')?;
    // yahoo.co.uk, hotmail.fr, yahoo.com.br
    if rest.len() <= 6 && FREE_MAIL_FAMILIES.contains(&first) {
        return Some(Provider::Free);
    }
    let above = PROVIDERS.get(rest).copied();
    above.filter(|above| *above == Provider::Disposable)
}

/// The name that all domains of a provider's mailboxes go by.
pub(super) fn main_domain(domain: &str) -> &str {
    MAIN_DOMAINS.get(domain).copied().unwrap_or(domain)
}

/// What a word stands for when it stands for no person.
pub(super) fn no_person(word: &str) -> Option<NoPerson> {
    NO_PERSONS.get(word).copied()
}

/// Local parts, letters only, that name a function and not a person.
const ROLES: [&str; 166] = [
    "abuse",
    "account",
    "accounting",
    "accounts",
    "accountspayable",
    "accountsreceivable",
    "acquisti",
    "admin",
    "administracion",
    "administratie",
    "administration",
    "administrator",
    "amministrazione",
    "ap",
    "ar",
    "assistenza",
    "atencionalcliente",
    "bestellung",
    "billing",
    "boekhouding",
    "booking",
    "bookings",
    "buchhaltung",
    "buero",
    "careers",
    "cashier",
    "client",
    "clients",
    "commande",
    "commandes",
    "commercial",
    "commerciale",
    "compliance",
    "compras",
    "comptabilite",
    "contabilidad",
    "contact",
    "contacto",
    "contacts",
    "contactus",
    "customer",
    "customercare",
    "customers",
    "customerservice",
    "customersupport",
    "dataprivacy",
    "datenschutz",
    "desk",
    "dev",
    "devops",
    "direction",
    "donotreply",
    "dpo",
    "einkauf",
    "email",
    "enquiries",
    "enquiry",
    "events",
    "export",
    "facturacion",
    "facturation",
    "factures",
    "factuur",
    "feedback",
    "finance",
    "frontdesk",
    "general",
    "guest",
    "guests",
    "hallo",
    "hello",
    "help",
    "helpdesk",
    "hola",
    "hr",
    "info",
    "informacion",
    "information",
    "infos",
    "inkoop",
    "inquiries",
    "inquiry",
    "invoice",
    "invoices",
    "invoicing",
    "it",
    "itsupport",
    "jobs",
    "klantenservice",
    "kontakt",
    "kundenservice",
    "legal",
    "mail",
    "mailbox",
    "mailer",
    "mailerdaemon",
    "management",
    "marketing",
    "media",
    "membership",
    "nepasrepondre",
    "news",
    "newsletter",
    "nichtantworten",
    "noreply",
    "office",
    "officemanager",
    "operations",
    "ops",
    "order",
    "orders",
    "ordini",
    "payments",
    "payroll",
    "pedidos",
    "pos",
    "postmaster",
    "press",
    "presse",
    "privacy",
    "procurement",
    "purchase",
    "purchasing",
    "recepcion",
    "reception",
    "rechnung",
    "rechnungen",
    "recruiting",
    "recruitment",
    "registrar",
    "reply",
    "reservations",
    "reservierung",
    "root",
    "sales",
    "salesteam",
    "secretariat",
    "secretary",
    "security",
    "segreteria",
    "sekretariat",
    "service",
    "serviceclient",
    "services",
    "shop",
    "staff",
    "store",
    "subscribe",
    "support",
    "sysadmin",
    "team",
    "tech",
    "technik",
    "techsupport",
    "unsubscribe",
    "user",
    "users",
    "vendite",
    "ventas",
    "verkauf",
    "verkoop",
    "vertrieb",
    "walkin",
    "webmaster",
    "webshop",
    "zentrale",
];

/// Local parts and domain names, letters only, that people type when they give no address.
const PLACEHOLDERS: [&str; 69] = [
    "abc",
    "abcd",
    "abcde",
    "abcdef",
    "anon",
    "anonymous",
    "asdf",
    "asdfasdf",
    "asdfg",
    "asdfgh",
    "aucun",
    "blah",
    "bogus",
    "customerhasnoemail",
    "declined",
    "donthave",
    "donthaveone",
    "dummy",
    "fake",
    "fakeemail",
    "fakemail",
    "foo",
    "foobar",
    "invalid",
    "invalidemail",
    "keine",
    "keineemail",
    "keinemail",
    "na",
    "nan",
    "nil",
    "ninguno",
    "noaddress",
    "nobody",
    "noemail",
    "noemailaddress",
    "noemailgiven",
    "noemailonfile",
    "noemailprovided",
    "nomail",
    "noname",
    "none",
    "noone",
    "notapplicable",
    "notavailable",
    "notgiven",
    "nothing",
    "notprovided",
    "nowhere",
    "null",
    "pasdemail",
    "placeholder",
    "qwerty",
    "qwertz",
    "refused",
    "sincorreo",
    "test",
    "testemail",
    "tester",
    "testing",
    "testmail",
    "testtest",
    "testuser",
    "unavailable",
    "unbekannt",
    "undefined",
    "unknown",
    "unknownemail",
    "xyz",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_listed_twice() {
        assert_eq!(PROVIDERS.len(), FREE_MAIL.len() + DISPOSABLE.len());
        assert_eq!(NO_PERSONS.len(), ROLES.len() + PLACEHOLDERS.len());
        assert_eq!(MAIN_DOMAINS.len(), SAME_MAILBOX.len());
        for list in [&FREE_MAIL[..], &DISPOSABLE, &ROLES, &PLACEHOLDERS] {
            assert!(list.is_sorted());
        }
    }
}
