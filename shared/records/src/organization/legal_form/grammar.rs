//! Legal forms spelled out, in any inflection and with the slips of those who type them: what they are made of.
//!
//! "Korlátolt felelősségű társaság" and "общество с ограниченной ответственностью" are a noun for a company and words that
//! say how far it is liable. The stems are few; the phrases made of them are many.

use std::sync::LazyLock;

use crate::text::fold;

/// What a spelled-out form says, as the nearest English form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stem {
    /// A noun for an organization. It tells no form by itself.
    Head,
    /// Opens a form ("public", "closed").
    Opener,
    /// Stands within forms, and in names too: none at the end of a form that is next to the name.
    Inner,
    /// Tells the form.
    Form(&'static str),
    /// Tells the form, and stands behind names that a noun ends ("Acme Manufacturing Ltd").
    Short(&'static str),
    /// Is a form by itself.
    Compound(&'static str),
}

/// Nouns for organizations.
const HEADS: &str = "\
company entità entita konzern koncern budgetinstitution venture sociétés vereniging waarborgmaatschappij verein stiftung institucija instituição instituto istituto társulás дружество дружества предузеће tavarystva tavarystvo байгууллага manufacture škola школа интернат ማህበር منظمة instytucja undertaking съдружие sadruzhie virksomhed enhedsvirksomhed foretak foretagende företag yritys ettevõte uzņēmums įmonė imone ĳmonė podjetje vállalat vállalkozás onderneming eenheidsonderneming \
szervezet organizācija organizacinė järjestö järjestön ühendus ühing yhdistys förening forening felag szövetség egyesület savez zveza svaz \
omogeneia οργάνωση οργανισμός επιχείρηση συνεταιρισμός organisasjon organisaatio organisatsioon sdruženie spolek spolok zadruga družstvo \
koopératíva kooperatyva podjednota iştirak müəssisə təşkilat tashkilot kəmpani şirkəti kooperatīvs biedrība bendrija fondas säätiö sihtasutus \
fundación fondation fondazione fundação fundacja alapítvány nadace nadácia zaklada dernek vakıf birlik kuruluş teşkilat компаниясы серіктестігі \
мекеме кәсіпорын ишкана корпорация концерн concern consorzio consortium konsortium консорциум союз союза ассоциация асоціація асацыяцыя объединения \
підприємець підприємства предприятия организации учреждения товарищества кооператива общественной уюшма жамоат жамоа ташкилот фирма compania compañia compagnie corporation partnership entreprise enterprise empresa impresa einheitsunternehmen société sociedad \
sociedade società societate societatea sicietatea socitate societete gesellschaft vennootschap vereniging bolag aktiebolag selskap \
selskab yhtiö osakeyhtiö spółka spólka společnost spoločnost společnosti društvo družba druzhestvo druzestvo tarsasag társaság bendrovė \
sabiedrība osaühing aktsiaselts şirket ortaklık ortaklığı shoqëri cəmiyyət cəmiyyəti jamiyat jamiyati қоғам жамият серіктестік \
korxona корхона përgjegjësi εταιρεία εταιρία etaireia eteria etairia cuideachta kumpanija organization organisation organización \
organização organizație organizația organizazione organisatie organizacja organizace organizacija organizacije institution \
общество общества obshchestvo obscestvo obschestvo obshchestva obschtschestwo общественное товарищество товариство таварыства \
tovarystvo tovaristvo tovarishchestvo предприятие підприємство прадпрыемства predpriyatie pidpryiemstvo pradpryemstva preduzeće poduzeće \
przedsiębiorstwo podnik учреждение установа uchrezhdenie организация організація арганізацыя organizatsiya organizacia orhanizatsiya \
arhanizacyja кооператив партнерство партнёрство хозяйство объединение обʼєднання абʼяднанне obedinenie компания kompaniya компани \
обʼєднання общественной профсоюза professional kompani întreprindere intreprinderea inteprinderea întreprinderea inteprindere \
ընկերություն საზოგადოება шыркат 公司 会社 udruženje združenje sdružení фонд fond fund charity stowarzyszenie \
vereinigung körperschaft anstalt cooperativa kooperativ maatschappij stichting unternehmen asociación associação \
associazione association korporasyon kumpanya negosyo kompanya syarikat";
/// Short forms of nouns for organizations: whole words.
const SHORT_HEADS: &str =
    "obshch co cy corp comp compan soc ges gesellsch spol cia cie cty cong ty";

/// Words that open a form.
const OPENERS: &str = "\
public qo'shimcha қўшимча eingetragenes биржевой биржевая расчетная расчётная privada pubbliċi ликвидационная комиссия private closed gemeinnützige rechtsfähige offene eingetragenes eenpersoons internationale europeysko европейско закрита дахурули დახურული publique offene offenes öffentliche öffentliches geschlossene geschlossenes aperta chiusa pubblico aberta fechada abierto cerrado cerrada otevřená otvorená uzavřená uzavretá otvoreno zatvoreno odprta zaprta atvērtā slēgtā atviroji uždaroji åbent lukket öppet slutet åpent \
nyílt zárt deschisă închisă ανοικτή κλειστή ιδιωτική otwarta zamknięta отворено затворено закритий відкритий публічна приватна адкрыты oscailte dúnta miftuħa magħluqa offentlig offentligt offentligretlige det \
avoin suljettu julkinen yksityinen avalik ametlik suletud kinnine publiskā privātā viešoji privati privātais veřejný soukromá súkromná javni privatno zasebna částečně özel kapalı açık gapali yopiq шопық жабық ашық ёпиқ очиқ \
дочірнє иностранная иностранный совместное спільне сумеснае внешнеэкономическое научное производственное внедренческое строительное торговое частное частная малое коммерческое межрегиональная региональная всероссийская международная городская районная территориальное местное специальное специальная центральное военное publicly pubic publc private open closed unlimited eingetragene eingetr gemeinnützige \
иностранное закрытое закрытого закрытый открытое открытого відкрите відкритого закрите публичное публічне приватне непубличное \
адкрытае закрытае прыватнае полное строительная zakrytoe zakrytoye zakrytoje zakritoe zakrytyy otkrytoe otkrytoye otkrytoje otkritoe otkrytyy vidkryte vidkrite \
publichnoe publichnoye odkryte adkrytae adkritaye zakryte zakrytae verejná veřejná javna javno publikt julkinen ouverte ouvert abierta cerrada \
cerrado openbare avatud oscailte δημόσια deschis publică pubblici besloten qapalı açıq ochiq halka типа типу tipli individuel \
местная дочернее дочернего nyilvánosan zártkörűen működő крестьянское фермерское";
/// Words within forms that stand in names too.
const INNER: &str = "\
general otkr zakr науково виробниче productie productie comerciala si государственной охранная охранное управляющая корреспон правила solidarnom neograničenom federálne bürgerlichen onderlinge tulajdonban lévő sector profit комиссия школьного развитии отклонениями возможностями здоровья обслуживания обучающихся воспитанников младшего исследовательский научного сферы социальной юридических лиц общества komerční comercială comerciale commerciale canadienne close omanaise dadatkovaj дадатковай mhasulyat қўшимча privée special simple simplifiée semplice mutual capital variable inversion promotora commerciale comercial industrial financiera inmobiliaria \
agropecuaria inscritas compañía régime fédéral deportiva laboral nueva profesional juridique economique générale \
инвестиционный научный научно социального дополнительного профессионального образования высшего среднего специалистов повышения \
квалификации производственный производственное работников здравоохранения сотрудников детей дошкольного школьного возраста обучающихся \
территориальная zone lice лице rechts öffentlichen коммерческий комерческий kommercheskiy";

/// The words that tell a form.
const FORMS: [(&str, &str); 12] = [
    (
        "LLC",
        " pananagutan besloten маъсулиятли məsuliyyətli ma'suliyatli адказнасцю مسؤوليات مسؤوليّات محدودة haftungsbeschr ограниченную limitirano omezenou responsabil limitado onbeperkte obmedzenou limitar felelősségü begrenset begrensede avgränsat takmarkaðri rajoitettu piiratud vastutusega osaühing \
         ogranichennoj ogranicheno ograničena odgovornostjo odgovorna odpovědnost odpovednosť ručení ručenie garantia garancia guarantee ansvarlig hæftelse dlyanka abmežavanaj \
         adkaznastsu obmežena neobmezheno vidpovidalnist ménes sorumlu jogapkershiligi zhauapkershiligi xariutslagatai хариуцлагатай жоопкерчилиги чектелген məsuliyyət πεπερασμένηςlimited limitd liability responsabilité responsabilidad responsabilidade responsabilità responsabilitate rasponbilitate \
         răspundere raspundere limitada limitado limitata limitate limitée limitată beschränkter beschränkt haftungsbeschränkt haftung beperkte \
         aansprakelijkheid begrænset begränsat ansvar ограниченной обмеженою абмежаванай ограничена ogranichennoi ogranicennoj ohranychennoi \
         obmezhenoyu abmezavanaj ограниченом ograničenom ogranicena ograniczoną omezeným obmedzeným omejeno neomejeno neogranichenom ručením \
         ответственностью ответственности отвественностью відповідальністю адказнасцю отговорност одговорношћу одговорност otvetstvennostyu \
         otvetstvennost vidpovidalnistyu vidpovidalnistiu adkaznascju otgovornost odgovornošću odgovornostjo odpowiedzialnością \
         felelősségű korlátolt atsakomybės ribotos ierobežotu atbildību takmarkaða ábyrgð kufizuar məhdud məsuliyyətli cheklangan \
         mas'uliyati маъсулияти чекланган шектеулі жауапкершілігі хязгаарлагдмал terbatas περιορισμένης ευθύνης periorismenis efthinis \
         limitadong teoranta შეზღუდული პასუხისმგებლობის mes'uliyetli unipersonnelle",
    ),
    (
        "JSC",
        " bishma ishma συμμετοχική opsh хувьцаат სააქციო акцыонерный акционерный aktieselskabet aktsiaselts osakeyhtiö acțiune aktieägt actionnaires azionaria accionaria acionária aktionær axelgatare akciós részvény aktsionernogo акционерного акционерным акціонерної \
         акцыянернага akcju akcyj акціонерна ακτιοναριακή μετοχών aksiyalar aksioner aksjonær osake aksiyali hisseli бажнетиракан dionice delnica azionario aktienbesitz stovkové aktsyyanernaya mejtoquikijoint jnt stock anonyme anónima anonima anônima anonim anonymos ανώνυμη acciones accions azioni acțiuni actiuni acţiuni ações \
         par-actions aktien aktiengesellschaft akciová akciju akcinė akcyjna akcijų akcionarsko akcionersko акционерное акционерная \
         акціонерне акцыянернае акционарско akcionerne akcionerno akcionernoe aktsionernoe aktsionerne aktsyyanernae aktsiyanernaye akcyyanernae akcjonarne \
         aksionare aksionere aksiyadorlik акциядорлик dioničko delniška részvénytársaság səhmdar aandelen aandelenvennootschap \
         hlutafélag hlutfélag aktsia bursátil konġunti comhstoc comhstoic акции акциями aktsiyami μετοχική jointstock mossahama mossahamah \
         aktieselskab aksjeselskap offentligretlige партийн",
    ),
    (
        "LP",
        "komanditní komanditná komanditno komandytowa командитно командитне коммандитное kommanditgesellschaft kommandit comandita \
         commandite commanditaire accomandita kommandiitti komandīt kommandi betéti komandit comanditaria comandită",
    ),
    (
        "Partnership",
        "partnership partnerská partnerskab colectiva collectif collettivo neimenovano kollektif nome obchodní obchodná jawna közkereseti \
         participation partnerschaft ομόρρυθμη ετερόρρυθμη omorythmos eterochronon avoin",
    ),
    (
        "Cooperative",
        " coopératif kooperatsia взаимное onderlinge gegenseitigkeit kooperatīvā kooperatinė kooperatívna kooperatívní cooperativo coopérativa coöperatie andelsselskab samvirke osuus ühistu συνεταιριστική družstevní družstevná zadružna szövetkezeti потребительский потребительское садоводческий гаражный жилищный жилищно дачное дачный огородническоеcooperativa coopérative cooperative coöperatieve spółdzielnia spółdzielni кооперативное собственников кооперативно производственно-кооператив \
         kooperatyvne genossenschaft ekonomisk andelslag osuuskunta szövetkezet kooperativno сельскохозяйственный садоводческое",
    ),
    (
        "State enterprise",
        " budgetary budżetowa budżetowe d'état statali statsejede федеральной közjogi staatseigenes staatskonzern staatsinformatie statsejede statsejet føderale stat-unitaire állami төрийн улсын orçamental orcamental государства společensko društveno društvena unitária unitāri unitārais unitarinė unitární unitárny unitară jednotný jednotny jedinstveno enotno enhetlig enhetligt enhets einheits yhtenäinen ühtne egységes eenheids statlig statligt statens \
         valtion riigi valsts valstybinė valstybės državno državni státní štátna állami devlet dövlət давлат мемлекеттік kommunal kommunale kommunalt kommunalne municipální községi коммунальное комунальне камунальнае \
         казенного казенне бюджетная бюджетний республиканское рэспубліканскае rzeczpospolit народное федеральная federální federálny federalno federaal föderales föderale federal' общегосударственное \
         публично правовая межгосударственный государств κρατική κρατικό δημόσιοунитарное унитарного унітарне унітарнае unitarnoe unitarnoye unitarnae unitarne unitarny unitary unitaria unitaire unitar \
         gosudarstvennoe gosudarstvenoe государственное государственного государственный государственная федеральное федеральная \
         федерального муниципальное муниципального державне державного дзяржаўнае derzhavne federalne federalnoe fédérale казенное казённое \
         бюджетное бюджетного byudzhetnoe автономное государственнoe estatal statale staatliches štátny státní panstwowe państwowe \
         valstybės javno дочернее дочірнє областное областного окружное munitsipalnoe munitsipalnoye municipală стат stat",
    ),
    (
        "Institution",
        " образования лечебное профилактическое здравоохранения культуры oбразовательное освітній навчальний навчальне заклад заклада школьное начального образованием вузовское муниципальнобразовательное образовательная образовательного общеобразовательное общеобразовательная дошкольное негосударственное \
         негосударственная корректионное коррекционное военное école obrazovatelnoe образовательной",
    ),
    (
        "Nonprofit",
        " nonbank небанковская недержавна недзяржаўна nederzhavna nederžavna niegovorni gewinnerzielungsabsicht internationalevereniging gouvernementale governmentale gobernamental nemkormányzati kormányzati nevalstiskā nevyriausybinė vyriausybinė nevládna mimovládna mimovladna vabariiklik kansalais kybernitiki κυβερνητική ikkestatlig \
         nepovedom nezisková neziskové nonprofitowa doelstelling common'weal wohltätige wohltätigkeits bienfaisance beneficenza benéfica caritativa caritative charitativní charitatívna dobročinná dobrotvorna dobrodelna \
         dobroczynna jótékonysági heategevus labdarības labdaros hyväntekeväisyys välgörenhets velgørende φιλανθρωπική hayır xeyriyyə хайрия қайырымдылық добровольный добровольное общинная религиозное профсоюзный \
         профсоюз профспілкова профспілка прафсаюзная волонтерская волонтёрская политическая казачье студенческая молодежная ветеранов неправительственное громадський громадянськеобщественная общественный общественное громадська громадське грамадскае hromadska obschestvennaya obshchestvennaya obščestvennoe \
         некоммерческая некоммерческое некомерційна nekommercheskaya nekommerceskaya nekommerčeskaja nekomercijna nonprofit nongovernmental governmental \
         благотворительный благотворительная благодійна благодійний blagotvoritelny blahodiyna blahodijnyj дабрачынная дабрачынны \
         dabračynnaja религиозная релігійна православная профсоюзная профсоюзной профессионального первичная первичной объединенная \
         неправительственная неурядова недзяржаўная neuryadova neurjadova волонтерська volontersʼka volonterska автономная avtonomnaya \
         gubernamental governamental governativa gouvernementele pozarządowa pozarzadowa nevládní nevladna nevladine neguvernamentala \
         nichtregierungsorganisation charitable zonder winstoogmerk lucratif prospěšná közhasznú občanské neziskova nonprofitni",
    ),
    (
        "Sole proprietor",
        " индывідуальны прадпрымальнік samostalni preduzetnik предпринимательской підприємницької sole proprietorship individuális individualus yksityinen einzel einzelunternehmer autónomo jednoosobowa egyéni füüsilisest fyzická fizic'ka фізична fizyczna živnostník enkeltmands enskild personne physique физическое xususiy жеке хусусий unipessoalindividuala individuală individual individuálais individuali индивидуальный індивідуальний предприниматель підприємець entrepreneur \
         întreprinzător intreprinzator unipersonal unipersonale tadbirkor tadbirkorlik",
    ),
    (
        "Branch",
        "fióktelepe филиал філія oddział zweigniederlassung succursale sucursal organizační organizačná složka zložka",
    ),
    (
        "Military organization",
        "militärische militarna militarne військова военная",
    ),
    (
        "Fund",
        " investičný investiční investicinis ieguldījumu befektetési sijoitusrahasto investeringsforening investeringsfonds инвестиционн пенсионный пайовий інвестиційний закрытый-паевойпаевой инвестиционный паевый paevoy инвестиционного investitsionnyy placement комбинированный kombinirovannyy",
    ),
];
/// Nouns that tell the form by themselves.
const COMPOUNDS: [(&str, &str); 5] = [
    (
        "JSC",
        "aandelenvennootschap aktieselskab aktieselskabet aktiebolag aktiengesellschaft aktsiaselts osakeyhtiö hlutafélag részvénytársaság",
    ),
    (
        "LP",
        "kommanditgesellschaft kommanditselskab kommanditbolag kommandiittiyhtiö komandītsabiedrība",
    ),
    (
        "Nonprofit",
        "nichtregierungsorganisation kansalaisjärjestö vabaühendus",
    ),
    ("State enterprise", "staatskonzern staatsbetrieb"),
    ("Sole proprietor", "einzelunternehmen"),
];
/// Short forms of words that tell a form: whole words.
const SHORT_FORMS: &str = "akts limited ltd lt lmtd liab beschr besch haft resp anon akc akt ogr odp odpow ogranic odgovor naaml naamlze besl mbh jt";

struct Entry {
    stem: String,
    /// A word may go on after it.
    is_open: bool,
    means: Stem,
    letters: Letters,
    /// How many typing errors are forgiven.
    edits: usize,
}

/// Which letters a word is made of, as bits.
#[derive(Clone, Copy)]
struct Letters(u32);

impl Letters {
    fn of(word: &str) -> Letters {
        Letters(
            word.bytes()
                .fold(0, |bits, letter| bits | 1 << (letter & 31)),
        )
    }

    /// Does the other word lack no more than two of this word's letters? Each takes an error.
    fn are_nearly_in(self, other: Letters) -> bool {
        let without_one = |bits: u32| bits & bits.wrapping_sub(1);
        without_one(without_one(self.0 & !other.0)) == 0
    }
}

/// By first letter.
static STEMS: LazyLock<Vec<Vec<Entry>>> = LazyLock::new(|| {
    let mut stems: Vec<Vec<Entry>> = (0..26).map(|_| Vec::new()).collect();
    let mut add = |list: &str, is_open: bool, means: Stem| {
        for word in list.split_ascii_whitespace() {
            let mut stem = fold(word);
            stem.retain(|c| c != ' ');
            // Endings change: "ответственностью", "ответственности".
            if is_open && stem.len() > 6 {
                stem.truncate((stem.len() - 2).clamp(6, 11));
            }
            let letter = stem
                .bytes()
                .next()
                .map_or(0, |first| first.wrapping_sub(b'a'));
            if let Some(entries) = stems.get_mut(usize::from(letter)) {
                entries.push(Entry {
                    letters: Letters::of(&stem),
                    edits: match stem.len() {
                        0..6 => 0,
                        6..9 => 1,
                        _ => 2,
                    },
                    stem,
                    is_open,
                    means,
                });
            }
        }
    };
    for (form, words) in COMPOUNDS {
        add(words, true, Stem::Compound(form));
    }
    // Before the open ones: "limited" begins like "limitée".
    add(SHORT_FORMS, false, Stem::Short("LLC"));
    for (form, words) in FORMS {
        add(words, true, Stem::Form(form));
    }
    add(HEADS, true, Stem::Head);
    add(SHORT_HEADS, false, Stem::Head);
    add(OPENERS, true, Stem::Opener);
    add(INNER, true, Stem::Inner);
    stems
});

/// English words that are near a stem and none.
const PLAIN: [&str; 7] = [
    "accent", "action", "actor", "nation", "nations", "partners", "states",
];

/// What a folded word means in a form, one or two typing errors in long words forgiven.
pub(super) fn stem(word: &str) -> Option<Stem> {
    let letter = word.bytes().next()?.wrapping_sub(b'a');
    let entries = STEMS.get(usize::from(letter))?;
    if PLAIN.contains(&word) {
        return None;
    }
    let is_exact = |entry: &Entry| {
        if entry.is_open && entry.stem.len() >= 5 {
            word.starts_with(&entry.stem)
        } else {
            word == entry.stem
        }
    };
    let is_near = |entry: &Entry| {
        let (word, stem) = (word.as_bytes(), entry.stem.as_bytes());
        let is_same = |i: usize, j: usize| word.get(i) == stem.get(j);
        entry.edits > 0
            && word.len() + entry.edits >= stem.len()
            && (is_same(1, 1) || is_same(2, 2) || is_same(1, 2) || is_same(2, 1))
            && begins_like(word, stem, entry.edits)
    };
    let letters = Letters::of(word);
    let mut near = None;
    for entry in entries
        .iter()
        .filter(|entry| entry.letters.are_nearly_in(letters))
    {
        if is_exact(entry) {
            return Some(entry.means);
        }
        if near.is_none() && is_near(entry) {
            near = Some(entry.means);
        }
    }
    near
}

/// Does the word begin with the stem, but for so many typing errors?
fn begins_like(word: &[u8], stem: &[u8], edits: usize) -> bool {
    let same = word.iter().zip(stem).take_while(|(a, b)| a == b).count();
    let (word, stem) = (&word[same..], &stem[same..]);
    match (word, stem) {
        (_, []) => true,
        _ if edits == 0 => false,
        ([], [_, rest @ ..]) => begins_like(word, rest, edits - 1),
        ([first, word_rest @ ..], [second, stem_rest @ ..]) => {
            let is_swapped = word_rest.first() == Some(second) && stem_rest.first() == Some(first);
            (is_swapped && begins_like(&word_rest[1..], &stem_rest[1..], edits - 1))
                || begins_like(word_rest, stem_rest, edits - 1)
                || begins_like(word, stem_rest, edits - 1)
                || begins_like(word_rest, stem, edits - 1)
        }
    }
}
