//! Companies in the field for a person.

use super::tidy::is_placeholder;
use crate::lookup::Words;
use crate::organization::CompanyName;
use crate::text::{Reading, fold};

/// Words of organizations that are hardly names of people: one is enough. Folded.
static SURE: Words = Words::new(
    "
academy agency airlines alliance apartments apotheke asociacion assoc associates association associazione attorneys
autohaus automotive azienda backerei bakery banco banque barbershop bauunternehmen bedrijf bistro boulangerie
brewery brokerage builders cabinet cafe catering center centre chamber charity chiropractic cinema clinic clinica
club coalition colegio collectors college comercial commission committee communications company comuna comune
conference congregation construcciones construction consultancy consultants consulting contractors convent
convention cooperativa cooperative corp corporation creations customs daycare dealership dental dentistry department
dept designs developers development diner distribuidora distribution distributors district ecole elementary embassy
empresa energy engineering enterprise enterprises entertainment equipment escuela estates etablissements ets
exterminators farmacia federation ferreteria finance financial firma fitness florist fondazione foods foundation
freight fundacion fundacja funeral gasthaus gasthof gemeente gemeinde gmbh government grocery group grupo gruppo gym
handelsgesellschaft healthcare heating holdings hopital hospital hotel imports impresa inc incorporated industrial
industrias industries inmobiliaria institute institution instituto insurance international inversiones investments
kanzlei kindergarten krankenhaus laboratories laboratory landscaping leasing library limited liquor llc llp
logistics ltd lumber machinery maintenance mairie management manufacturing marketing markets media medical metzgerei
ministerio ministries ministry mortgage motel motors municipalidad municipality museum nursery optical organisation
organization orthodontics outfitters packers panaderia partners partnership pharmaceuticals pharmacie pharmacy
photography pizza plastics plc plumbing police praxis printing productions products properties publications
publishing railway ranch realtors realty recycling rental rentals repair resort resources restaurant restaurante
retail ristorante roofing salon schule scuola seminary service services servicios sklep sociedad societe society
software soluciones solutions sparkasse spolka stadtwerke stichting stiftung storage stores strategies studios
suites supermarket supermercado supplies supply syndicate systems szkola szpital tattoo taxi technologies technology
telecom theater theatre therapy tienda township trading transport transportation transportes trucking universidad
universitat universite university urzad uslugi utilities vacations verein vereniging versicherung veterinary
vineyard volksbank warehouse werkstatt wholesale winery workshop worldwide
",
);

/// Words of organizations that are names of people as well (Church, Sales), or stand in many texts: two are needed.
static LIKELY: Words = Words::new(
    "
action auto banca bank baptist bar brothers building bureau business camera capital care cathedral catholic chapel
chapter church citizens city commune community council county deli democrats division education electric electronics
fellowship firm first food friends fund gallery garage grill guild handel hardware health kitchen law local lodge
lutheran market mart memorial methodist national office pac parish party political presbyterian pub public
republican sales school shop spa station store studio teachers team tech tour town toys tribe trust union veterans
video workers works
",
);

/// Words that stand in no name of a person; they count as likely ones.
const GRAMMAR: [&str; 8] = [
    "for", "from", "national", "of", "our", "the", "with", "your",
];

/// Legal forms that are initials or names as well: believed as they are written here, behind a word in small letters.
const FORMS: [&str; 22] = [
    "A.G.", "A.S.", "A/S", "AB", "AG", "AS", "ApS", "B.V.", "BV", "K.K.", "KG", "N.V.", "NV", "Oy",
    "S.A.", "S.L.", "S.p.A.", "SA", "SAS", "SE", "SL", "SpA",
];

/// The company's name for display, when the text is one beyond doubt.
pub(super) fn read(text: &str, reading: &mut Reading) -> Option<String> {
    if !is_company(text.trim()) {
        return None;
    }
    // Marks and markup may have looked like words: "Hotel -" is one word, and may be anybody.
    let company =
        CompanyName::parse_with(text, reading.on).filter(|company| is_company(&company.display))?;
    reading.did = reading.did.and(company.rules());
    Some(company.display)
}

fn is_company(text: &str) -> bool {
    let Some((start, last)) = text.rsplit_once(' ') else {
        return false;
    };
    let has_form =
        last.len() <= 6 && FORMS.binary_search(&last).is_ok() && start.contains(char::is_lowercase);
    (has_form || has_words(&fold(text))) && !text.contains('@') && !is_placeholder(text)
}

/// Every word that tells a company.
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    SURE.iter().chain(LIKELY.iter()).chain(GRAMMAR)
}

fn has_words(folded: &str) -> bool {
    let mut likely = 0;
    for word in folded.split(' ') {
        if SURE.contains(word) {
            return true;
        }
        likely += usize::from(LIKELY.contains(word) || GRAMMAR.contains(&word));
    }
    likely > 1
}
