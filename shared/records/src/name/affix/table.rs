//! Words around names, folded without spaces. From general knowledge of usage in Europe, the Americas and Asia.

use crate::text::Words;

/// Never a name of their own, when a name follows.
pub(super) static TITLES: Words = Words::new(
    "
admiral ambassador arq ayatollah captain cdr chancellor cmdr comdr commander congressman congresswoman corporal
councilman councilwoman dame dato datuk dhr dipl dipling dna doctor dott dottore dottoressa dottssa dr dra drhc
dring drjur drmed drmedvet drphil drs encik frau fraulein froken fru gospodin gospozha habil hc hajjah hajji herr herrn
hon honorable honourable hrn judr licenciada licenciado lieutenant ltc ltcol ltgen madame mademoiselle majgen mayor
meneer mevr mevrouw miss mister mlle mme monsieur mr mrs ms mudr mullah mvdr mx phdr president prof profa profdr
professor profssa pvt rabbi representative rev revd reverend rndr senator senor senora senorita sergeant sgt shri
shrimati signor signora signore signorina sigra sigre sir smt sra sri srta tansri univprof vrouw
",
);
/// Titles that are names as well: dropped when two words remain.
pub(super) static SOME_TITLES: Words = Words::new(
    "
archbishop avv bay bayan bishop bp brig bro brother capt cardinal chief col colonel cpl detective don dona elder
father fr gen general gn governor gza haji hr imam ing ir judge justice kumari lady lic lord lt mag maj major
maulana me med mgr monsignor mw officer pan pana pani pastor private pte puan shaikh sheik sheikh sheriff sig sister
sr
",
);
/// Degrees, professional letters, retired ranks.
pub(super) static DEGREES: Words = Words::new(
    "
abpp abr acp aia aprn arnp bba bcom bda bds bed beng bfa bpharm bphil bsc bsn btech cae cbe ccrn cfa cfe cfnp cfp
chfc chrp cisa cism cissp clu cma cmp cnm cns cpa cpcu cph cphq cpm cpp crna crnp crs csi csm csp cspo csw dab dba
dc dclinpsy ddiv dds dlitt dma dmd dnp dpharm dphil dpm dpt dsc dsw dvm edd edm eds esq esquire faan faap facc face
fache facog facp facs faia faicp fca fcca fics frcp frcs frsc gri jd jp jsd kbe kcmg lcsw leed leedap licsw llb lld
llm lmft lmhc lmsw lmt lpc lpn lvn mba mbbs mbchb mbe mch mcom md mdiv mdsc meng mfa mha mhs mlis mls mms mpa mph
mphil mps mrcgp mrcp mres msc mse msed msn mss mst mstat msw mtech obe ocs otr otrl pac pharmd phd phr pls pmp psyd
qc rcc rdh rdn ret retd rgn rla rpa rph rpt scd shrm sphr thd thm usaf usmc usn
",
);
/// Degrees and roles that are names or initials as well (Ma, Do, RN): after a comma, or where little else is likely.
pub(super) static SOME_DEGREES: Words = Words::new(
    "
aa accountant ba bs ca ceo cfo chairman cia cio coo cto dip director do engineer fnp hons ma manager ms nd np od ot
owner pa partner pc pe pllc president psc pt rd rn rt secretary treasurer usa
",
);
/// Small words that open a family name.
pub(super) static PARTICLES: Words = Words::new(
    "
abu af al ap auf av ben bin bint da dal das de degli dei del dela della delle dello den der des di do dos du el ibn
la las le les lo los mac mc op san santa santo st te ten ter van vanden vander vd ver vom von zu zum zur
",
);
