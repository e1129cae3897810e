//! Words around names, folded without spaces. From general knowledge of usage in Europe, the Americas and Asia.

use std::sync::LazyLock;

use crate::lookup::Table;

/// What a word may be around a name, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::name) struct Kind(u16);

impl Kind {
    pub(in crate::name) const TITLE: Kind = Kind(1);
    pub(in crate::name) const SOME_TITLE: Kind = Kind(1 << 1);
    pub(in crate::name) const DEGREE: Kind = Kind(1 << 2);
    pub(in crate::name) const SOME_DEGREE: Kind = Kind(1 << 3);
    pub(in crate::name) const PARTICLE: Kind = Kind(1 << 4);
    pub(in crate::name) const RANK: Kind = Kind(1 << 5);
    pub(in crate::name) const ATTORNEY: Kind = Kind(1 << 6);
    pub(in crate::name) const PROFESSION: Kind = Kind(1 << 7);
    pub(in crate::name) const GENERATION: Kind = Kind(1 << 8);
    pub(in crate::name) const BOUND: Kind = Kind(1 << 9);

    /// Of a word folded without spaces.
    pub(in crate::name) fn of(key: &str) -> Kind {
        KINDS.get(key).copied().unwrap_or_default()
    }

    pub(in crate::name) fn is(self, other: Kind) -> bool {
        self.0 & other.0 != 0
    }
}

static KINDS: LazyLock<Table<&'static str, Kind>> = LazyLock::new(|| {
    let mut kinds: Table<&'static str, Kind> = Table::default();
    for (list, kind) in [
        (TITLES, Kind::TITLE),
        (SOME_TITLES, Kind::SOME_TITLE),
        (DEGREES, Kind::DEGREE),
        (SOME_DEGREES, Kind::SOME_DEGREE),
        (PARTICLES, Kind::PARTICLE),
        (RANKS, Kind::RANK),
        (ATTORNEYS, Kind::ATTORNEY),
        (PROFESSIONS, Kind::PROFESSION),
        (GENERATIONS, Kind::GENERATION),
        (BOUND, Kind::BOUND),
    ] {
        for word in list.split_ascii_whitespace() {
            kinds.entry(word).or_default().0 |= kind.0;
        }
    }
    kinds
});

/// Every word of the tables.
pub(in crate::name) fn words() -> impl Iterator<Item = &'static str> {
    KINDS.keys().copied()
}

/// No key of the table is longer.
pub(in crate::name) const LONGEST: usize = 16;

/// Never a name of their own, when a name follows.
const TITLES: &str = "\
admiral ambassador arq ayatollah captain cdr chancellor cmdr comdr commander congressman congresswoman corporal
councilman councilwoman dame dato datuk dhr dipl dipling dna doctor dott dottore dottoressa dottssa dr dra drhc
dring drjur drmed drmedvet drphil drs encik frau fraulein froken fru gospodin gospozha habil hc hajjah hajji herr herrn
hon honorable honourable hrn judr licenciada licenciado lieutenant ltc ltcol ltgen madame mademoiselle majgen mayor
meneer mevr mevrouw miss mister mlle mme monsieur mr mrs ms mudr mullah mvdr mx phdr president prof profa profdr
professor profssa pvt rabbi representative rev revd reverend rndr senator senor senora senorita sergeant sgt shri
shrimati signor signora signore signorina sigra sigre sir smt sra sri srta tansri univprof vrouw";
/// Titles that are names as well: dropped when two words remain.
const SOME_TITLES: &str = "\
archbishop avv bay bayan bishop bp brig bro brother capt cardinal chief col colonel cpl detective don dona elder
father fr gen general gn governor gza haji hr imam ing ir judge justice kumari lady lic lord lt mag maj major
maulana me med mgr monsignor mw officer pan pana pani pastor private pte puan shaikh sheik sheikh sheriff sig sister
sr";
/// Degrees, professional letters, retired ranks.
const DEGREES: &str = "\
abpp abr acp aia aprn arnp bba bcom bda bds bed beng bfa bpharm bphil bsc bsn btech cae cbe ccrn cfa cfe cfnp cfp
chfc chrp cisa cism cissp clu cma cmp cnm cns cpa cpcu cph cphq cpm cpp crna crnp crs csi csm csp cspo csw dab dba
dc dclinpsy ddiv dds dlitt dma dmd dnp dpharm dphil dpm dpt dsc dsw dvm edd edm eds esq esquire faan faap facc face
fache facog facp facs faia faicp fca fcca fics frcp frcs frsc gri jd jp jsd kbe kcmg lcsw leed leedap licsw llb lld
llm lmft lmhc lmsw lmt lpc lpn lvn mba mbbs mbchb mbe mch mcom md mdiv mdsc meng mfa mha mhs mlis mls mms mpa mph
mphil mps mrcgp mrcp mres msc mse msed msn mss mst mstat msw mtech obe ocs otr otrl pac pharmd phd phr pls pmp psyd
qc rcc rdh rdn ret retd rgn rla rpa rph rpt scd shrm sphr thd thm usaf usmc usn";
/// Degrees and roles that are names or initials as well (Ma, Do, RN): after a comma, or where little else is likely.
const SOME_DEGREES: &str = "\
aa accountant ba bs ca ceo cfo chairman cia cio coo cto dip director do engineer fnp hons ma manager ms nd np od ot
owner pa partner pc pe pllc president psc pt rd rn rt secretary treasurer usa";
/// Small words that open a family name.
const PARTICLES: &str = "\
abu af al ap auf av ben bin bint da dal das de degli dei del dela della delle dello den der des di do dos du el ibn
la las le les lo los mac mc op san santa santo st te ten ter van vanden vander vd ver vom von zu zum zur";
/// In front of another title only.
const RANKS: &str = "state vice deputy assistant former staff first us chief brigadier";
const ATTORNEYS: &str = "attorney atty attorneys counselor";
/// Behind the last name only.
const PROFESSIONS: &str = "architect executor executrix trustee notary";
/// Generational suffixes, those that are names or initials too among them.
const GENERATIONS: &str =
    "jr jnr sr snr ii 2nd iii 3rd iv 4th junior jun senior sen v 5th vi vii viii";
/// First words of given names of two words.
const BOUND: &str = "abd abdal abdel abdul abou abu la umm ummu";

#[cfg(test)]
mod tests {
    #[test]
    fn keys_are_folded_and_short() {
        for key in super::KINDS.keys() {
            assert_eq!(crate::text::fold(key), *key);
            assert!(key.len() <= super::LONGEST);
        }
    }
}
