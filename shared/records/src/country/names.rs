//! ISO 3166-1: two-letter code, three-letter code, number, then the names a form or an export may hold, folded (see
//! [`crate::text::fold`]): English short name first, then names in larger European languages and usual abbreviations.
//! Other languages: [`super::cldr`].

pub(super) const COUNTRIES: &str = "\
AD AND 020 andorra|andorre
AE ARE 784 united arab emirates|uae|u a e|vereinigte arabische emirate|emirats arabes unis|emiratos arabes unidos|emirati arabi uniti
AF AFG 004 afghanistan|afganistan
AG ATG 028 antigua and barbuda|antigua
AI AIA 660 anguilla
AL ALB 008 albania|albanien|albanie|shqiperia
AM ARM 051 armenia|armenien|armenie
AO AGO 024 angola
AQ ATA 010 antarctica|antarktis
AR ARG 032 argentina|argentinien|argentine
AS ASM 016 american samoa
AT AUT 040 austria|osterreich|oesterreich|autriche|oostenrijk|republic of austria|republik osterreich|rakousko
AU AUS 036 australia|australien|australie|commonwealth of australia
AW ABW 533 aruba
AX ALA 248 aland islands|aland
AZ AZE 031 azerbaijan|aserbaidschan|azerbaidjan
BA BIH 070 bosnia and herzegovina|bosnia|bosnia herzegovina|bosnien und herzegowina|bosnie herzegovine|bosna i hercegovina
BB BRB 052 barbados
BD BGD 050 bangladesh|bangladesch
BE BEL 056 belgium|belgien|belgique|belgie|belgica|belgio|kingdom of belgium
BF BFA 854 burkina faso
BG BGR 100 bulgaria|bulgarien|bulgarie|balgariia|blgariia
BH BHR 048 bahrain|bahrein
BI BDI 108 burundi
BJ BEN 204 benin
BL BLM 652 saint barthelemy|st barthelemy
BM BMU 060 bermuda
BN BRN 096 brunei darussalam|brunei
BO BOL 068 bolivia|bolivien|bolivie|plurinational state of bolivia|bolivia plurinational state of
BQ BES 535 bonaire sint eustatius and saba|bonaire|caribbean netherlands
BR BRA 076 brazil|brasil|brasilien|bresil|brasile|brazilie
BS BHS 044 bahamas|the bahamas
BT BTN 064 bhutan
BV BVT 074 bouvet island
BW BWA 072 botswana
BY BLR 112 belarus|weissrussland|bielorussie|bielorrusia
BZ BLZ 084 belize
CA CAN 124 canada|kanada
CC CCK 166 cocos keeling islands|cocos islands
CD COD 180 democratic republic of the congo|congo democratic republic of the|congo the democratic republic of the|dr congo|drc|congo kinshasa
CF CAF 140 central african republic|zentralafrikanische republik|republique centrafricaine
CG COG 178 congo|republic of the congo|congo brazzaville
CH CHE 756 switzerland|schweiz|suisse|svizzera|suiza|zwitserland|swiss confederation|svizra|suica|szwajcaria|die schweiz
CI CIV 384 cote d ivoire|cote divoire|ivory coast|elfenbeinkuste
CK COK 184 cook islands
CL CHL 152 chile|chili|cile
CM CMR 120 cameroon|kamerun|cameroun
CN CHN 156 china|peoples republic of china|prc|p r china|chine|volksrepublik china|zhongguo|zhong guo
CO COL 170 colombia|kolumbien|colombie
CR CRI 188 costa rica
CU CUB 192 cuba|kuba
CV CPV 132 cabo verde|cape verde|kap verde
CW CUW 531 curacao
CX CXR 162 christmas island
CY CYP 196 cyprus|zypern|chypre|chipre|cipro|kypros|kibris
CZ CZE 203 czechia|czech republic|tschechien|tschechische republik|republique tcheque|tchequie|ceska republika|cesko|chequia|republica checa|tsjechie
DE DEU 276 germany|deutschland|allemagne|alemania|germania|duitsland|tyskland|alemanha|niemcy|federal republic of germany|bundesrepublik deutschland|brd|nemecko|ger|saksa
DJ DJI 262 djibouti|dschibuti
DK DNK 208 denmark|danmark|danemark|dinamarca|danimarca|denemarken|kingdom of denmark|daenemark
DM DMA 212 dominica
DO DOM 214 dominican republic|republica dominicana|dominikanische republik|republique dominicaine
DZ DZA 012 algeria|algerien|algerie
EC ECU 218 ecuador|equateur
EE EST 233 estonia|estland|estonie|eesti
EG EGY 818 egypt|agypten|aegypten|egypte|egipto|egitto|misr|arab republic of egypt
EH ESH 732 western sahara
ER ERI 232 eritrea
ES ESP 724 spain|espana|spanien|espagne|spagna|spanje|espanha|hiszpania|kingdom of spain|reino de espana
ET ETH 231 ethiopia|athiopien|ethiopie
FI FIN 246 finland|suomi|finnland|finlande|finlandia
FJ FJI 242 fiji
FK FLK 238 falkland islands|falkland islands malvinas|malvinas
FM FSM 583 micronesia|federated states of micronesia|micronesia federated states of
FO FRO 234 faroe islands|faroes|foroyar
FR FRA 250 france|frankreich|francia|frankrijk|frankrike|franca|francja|french republic|republique francaise
GA GAB 266 gabon|gabun
GB GBR 826 united kingdom|uk|u k|great britain|britain|gb|g b|united kingdom of great britain and northern ireland|vereinigtes konigreich|grossbritannien|royaume uni|grande bretagne|reino unido|regno unito|gran bretagna|verenigd koninkrijk|groot brittannie|storbritannien|the united kingdom|wielka brytania
GD GRD 308 grenada
GE GEO 268 georgia|georgien|georgie|sakartvelo|republic of georgia
GF GUF 254 french guiana|guyane|guyane francaise
GG GGY 831 guernsey
GH GHA 288 ghana
GI GIB 292 gibraltar
GL GRL 304 greenland|gronland|kalaallit nunaat
GM GMB 270 gambia|the gambia
GN GIN 324 guinea|guinee
GP GLP 312 guadeloupe
GQ GNQ 226 equatorial guinea|guinea ecuatorial
GR GRC 300 greece|griechenland|grece|grecia|griekenland|hellas|hellenic republic|ellada|el
GS SGS 239 south georgia and the south sandwich islands
GT GTM 320 guatemala
GU GUM 316 guam
GW GNB 624 guinea bissau
GY GUY 328 guyana
HK HKG 344 hong kong|hong kong sar|hongkong|hong kong sar china
HM HMD 334 heard island and mcdonald islands
HN HND 340 honduras
HR HRV 191 croatia|kroatien|croatie|hrvatska|croacia|croazia
HT HTI 332 haiti
HU HUN 348 hungary|ungarn|hongrie|magyarorszag|hungria|ungheria|hongarije
ID IDN 360 indonesia|indonesien|indonesie
IE IRL 372 ireland|irland|irlande|irlanda|ierland|eire|republic of ireland
IL ISR 376 israel
IM IMN 833 isle of man
IN IND 356 india|indien|inde|bharat|republic of india
IO IOT 086 british indian ocean territory
IQ IRQ 368 iraq|irak
IR IRN 364 iran|iran islamic republic of|islamic republic of iran
IS ISL 352 iceland|island|islande|islandia
IT ITA 380 italy|italia|italien|italie|italian republic|repubblica italiana|wlochy
JE JEY 832 jersey
JM JAM 388 jamaica|jamaika
JO JOR 400 jordan|jordanien|jordanie
JP JPN 392 japan|japon|giappone|nippon|nihon|japao
KE KEN 404 kenya|kenia
KG KGZ 417 kyrgyzstan|kirgisistan
KH KHM 116 cambodia|kambodscha|cambodge|camboya
KI KIR 296 kiribati
KM COM 174 comoros|komoren
KN KNA 659 saint kitts and nevis|st kitts and nevis|st kitts nevis
KP PRK 408 north korea|nordkorea|coree du nord|democratic peoples republic of korea|korea democratic peoples republic of|dprk
KR KOR 410 south korea|korea|republic of korea|korea republic of|sudkorea|suedkorea|coree du sud|corea del sur|corea del sud|hanguk|daehanmingug
KW KWT 414 kuwait|koweit
KY CYM 136 cayman islands
KZ KAZ 398 kazakhstan|kasachstan
LA LAO 418 laos|lao peoples democratic republic|lao
LB LBN 422 lebanon|libanon|liban|libano
LC LCA 662 saint lucia|st lucia
LI LIE 438 liechtenstein
LK LKA 144 sri lanka
LR LBR 430 liberia
LS LSO 426 lesotho
LT LTU 440 lithuania|litauen|lituanie|lietuva|lituania|litouwen
LU LUX 442 luxembourg|luxemburg|luxemburgo|lussemburgo|letzebuerg
LV LVA 428 latvia|lettland|lettonie|latvija|letonia|lettonia|letland
LY LBY 434 libya|libyen|libye
MA MAR 504 morocco|marokko|maroc|marruecos|marocco|al maghrib
MC MCO 492 monaco
MD MDA 498 moldova|moldau|moldavie|republic of moldova|moldova republic of
ME MNE 499 montenegro|crna gora
MF MAF 663 saint martin|saint martin french part|st martin
MG MDG 450 madagascar|madagaskar
MH MHL 584 marshall islands
MK MKD 807 north macedonia|mazedonien|nordmazedonien|severna makedonija
ML MLI 466 mali
MM MMR 104 myanmar
MN MNG 496 mongolia|mongolei
MO MAC 446 macao|macau
MP MNP 580 northern mariana islands
MQ MTQ 474 martinique
MR MRT 478 mauritania|mauretanien
MS MSR 500 montserrat
MT MLT 470 malta|malte
MU MUS 480 mauritius
MV MDV 462 maldives|malediven
MW MWI 454 malawi
MX MEX 484 mexico|mexiko|mexique|messico|estados unidos mexicanos|united mexican states
MY MYS 458 malaysia|malaisie|malasia
MZ MOZ 508 mozambique|mosambik|mocambique
NA NAM 516 namibia
NC NCL 540 new caledonia|nouvelle caledonie
NE NER 562 niger
NF NFK 574 norfolk island
NG NGA 566 nigeria
NI NIC 558 nicaragua
NL NLD 528 netherlands|the netherlands|holland|niederlande|pays bas|paises bajos|paesi bassi|nederland|nederlanderna|kingdom of the netherlands|olanda|hollande|holandia
NO NOR 578 norway|norwegen|norvege|norge|noruega|norvegia|noorwegen|kingdom of norway|noreg
NP NPL 524 nepal
NR NRU 520 nauru
NU NIU 570 niue
NZ NZL 554 new zealand|neuseeland|nouvelle zelande|nueva zelanda|aotearoa|nieuw zeeland
OM OMN 512 oman
PA PAN 591 panama
PE PER 604 peru|perou
PF PYF 258 french polynesia|polynesie francaise
PG PNG 598 papua new guinea
PH PHL 608 philippines|the philippines|philippinen|filipinas|pilipinas|filippine
PK PAK 586 pakistan
PL POL 616 poland|polen|pologne|polska|polonia|republic of poland|rzeczpospolita polska
PM SPM 666 saint pierre and miquelon|st pierre and miquelon
PN PCN 612 pitcairn
PR PRI 630 puerto rico
PS PSE 275 palestine|state of palestine|palestine state of|palestinian territory
PT PRT 620 portugal|portogallo|portuguese republic
PW PLW 585 palau
PY PRY 600 paraguay
QA QAT 634 qatar|katar
RE REU 638 reunion|la reunion
RO ROU 642 romania|rumanien|rumaenien|roumanie|rumania|roemenie
RS SRB 688 serbia|serbien|serbie|srbija
RU RUS 643 russia|russian federation|russland|russie|rusia|rossija|rossiia|rossiya|rusland
RW RWA 646 rwanda|ruanda
SA SAU 682 saudi arabia|kingdom of saudi arabia|ksa|saudi arabien|arabie saoudite|arabia saudita|arabia saudi
SB SLB 090 solomon islands
SC SYC 690 seychelles|seychellen
SD SDN 729 sudan|soudan
SE SWE 752 sweden|schweden|suede|sverige|suecia|svezia|zweden|kingdom of sweden|ruotsi
SG SGP 702 singapore|singapur|singapour|republic of singapore
SH SHN 654 saint helena|saint helena ascension and tristan da cunha|st helena
SI SVN 705 slovenia|slowenien|slovenie|slovenija
SJ SJM 744 svalbard and jan mayen|svalbard
SK SVK 703 slovakia|slowakei|slovaquie|slovensko|slovak republic|eslovaquia|slovacchia
SL SLE 694 sierra leone
SM SMR 674 san marino
SN SEN 686 senegal
SO SOM 706 somalia
SR SUR 740 suriname|surinam
SS SSD 728 south sudan|sudsudan
ST STP 678 sao tome and principe
SV SLV 222 el salvador
SX SXM 534 sint maarten|sint maarten dutch part|st maarten
SY SYR 760 syria|syrian arab republic|syrien|syrie
SZ SWZ 748 eswatini
TC TCA 796 turks and caicos islands|turks and caicos
TD TCD 148 chad|tschad|tchad
TF ATF 260 french southern territories
TG TGO 768 togo
TH THA 764 thailand|thailande|tailandia|prathet thai
TJ TJK 762 tajikistan|tadschikistan
TK TKL 772 tokelau
TL TLS 626 timor leste|east timor
TM TKM 795 turkmenistan
TN TUN 788 tunisia|tunesien|tunisie
TO TON 776 tonga
TR TUR 792 turkey|turkiye|turkei|tuerkei|turquie|turquia|turchia|turkije|republic of turkey
TT TTO 780 trinidad and tobago|trinidad
TV TUV 798 tuvalu
TW TWN 158 taiwan|taiwan province of china|republic of china|roc|chinese taipei
TZ TZA 834 tanzania|united republic of tanzania|tanzania united republic of|tansania
UA UKR 804 ukraine|ucrania|ucraina|ukraina|ukrayina
UG UGA 800 uganda|ouganda
UM UMI 581 united states minor outlying islands
US USA 840 united states|united states of america|u s|u s a|the united states|america|vereinigte staaten|vereinigte staaten von amerika|etats unis|etats unis damerique|estados unidos|estados unidos de america|eeuu|ee uu|stati uniti|stati uniti damerica|verenigde staten|forenta staterna|the united states of america|the usa
UY URY 858 uruguay
UZ UZB 860 uzbekistan|usbekistan
VA VAT 336 holy see|vatican city|vatican|vatikanstadt|holy see vatican city state
VC VCT 670 saint vincent and the grenadines|st vincent and the grenadines|st vincent
VE VEN 862 venezuela|bolivarian republic of venezuela|venezuela bolivarian republic of
VG VGB 092 british virgin islands|virgin islands british
VI VIR 850 us virgin islands|virgin islands us|u s virgin islands|virgin islands u s|united states virgin islands
VN VNM 704 vietnam|viet nam|socialist republic of vietnam
VU VUT 548 vanuatu
WF WLF 876 wallis and futuna
WS WSM 882 samoa
XK XKX --- kosovo
YE YEM 887 yemen|jemen
YT MYT 175 mayotte
ZA ZAF 710 south africa|sudafrika|suedafrika|afrique du sud|sudafrica|zuid afrika|suid afrika|republic of south africa|rsa
ZM ZMB 894 zambia|sambia
ZW ZWE 716 zimbabwe|simbabwe
";

/// Codes that are not ISO's of today but in use: of sports (IOC, FIFA) where they differ, the EU's for Greece and the
/// United Kingdom, ISO's former ones of states with one plain successor.
pub(super) const OTHER_CODES: &str = "\
ALG DZ|ANG AO|ARU AW|ASA AS|BAH BS|BAN BD|BAR BB|BER BM|BHU BT|BIZ BZ|BOT BW|BRU BN|BUL BG|CAM KH|CAY KY|CGO CG|CHA TD|CHI CL|CRC CR|CRO HR|DEN DK|\
ESA SV|FIJ FJ|GAM GM|GBS GW|GEQ GQ|GER DE|GRE GR|GRN GD|GUA GT|GUI GN|HAI HT|HON HN|INA ID|IRI IR|ISV VI|IVB VG|KOS XK|KSA SA|KUW KW|LAT LV|LBA LY|\
LES LS|LIB LB|MAD MG|MAS MY|MAW MW|MGL MN|MON MC|MRI MU|MTN MR|MYA MM|NCA NI|NED NL|NEP NP|NGR NG|NIG NE|OMA OM|PAR PY|PHI PH|PLE PS|POR PT|PUR PR|\
RSA ZA|SAM WS|SEY SC|SKN KN|SLO SI|SOL SB|SRI LK|SUD SD|SUI CH|TAN TZ|TGA TO|TOG TG|TPE TW|TRI TT|URU UY|VAN VU|VIE VN|VIN VC|ZAM ZM|ZIM ZW|\
EL GR|UK GB|UAE AE|BU MM|BUR MM|BYS BY|DD DE|DDR DE|DY BJ|DHY BJ|FX FR|FXX FR|HV BF|HVO BF|NH VU|NHB VU|RH ZW|RHO ZW|ROM RO|TP TL|TMP TL|\
VD VN|VDR VN|YD YE|YMD YE|ZR CD|ZAR CD|XKK XK|IOM IM|RKS XK|ENG GB|SCO GB|WAL GB|NIR GB";

/// Former names, folded, where one state of today is the plain successor. States with many (the Soviet Union,
/// Yugoslavia, Czechoslovakia, the Netherlands Antilles) are not here.
pub(super) const FORMER: &str = "\
abyssinia ET|basutoland LS|bechuanaland BW|belgian congo CD|british guiana GY|british honduras BZ|burma MM|byelorussia BY|byelorussian ssr BY|cape verde islands CV|\
ceylon LK|congo leopoldville CD|dahomey BJ|ddr DE|dutch east indies ID|dutch guiana SR|east germany DE|east pakistan BD|east timor TL|\
ellice islands TV|falkland islands malvinas FK|formosa TW|french somaliland DJ|french afars and issas DJ|french sudan ML|fyrom MK|gdr DE|german democratic republic DE|\
gilbert islands KI|gold coast GH|islas malvinas FK|kampuchea KH|macedonia MK|malagasy republic MG|malaya MY|former yugoslav republic of macedonia MK|mesopotamia IQ|moldavia MD|\
new hebrides VU|north vietnam VN|south vietnam VN|northern rhodesia ZM|nyasaland MW|persia IR|persien IR|portuguese guinea GW|portuguese timor TL|prussia DE|rhodesia ZW|siam TH|\
south west africa NA|southern rhodesia ZW|southern yemen YE|yemen democratic YE|spanish sahara EH|spanish guinea GQ|swaziland SZ|tanganyika TZ|transjordan JO|trucial states AE|\
upper volta BF|west germany DE|western samoa WS|byelorussian ssr soviet socialist republic BY|zaire CD|burma socialist republic of the union of MM|viet nam democratic republic of VN|bosnia herzegowina BA|\
british solomon islands SB|southwest africa NA|ukrainian ssr UA|russian soviet federative socialist republic RU|people s republic of the congo CG|ivory coast CI|czech socialist republic CZ|deutsche demokratische republik DE|haute volta BF|birma MM|birmania MM|birmanie MM|rhodesien ZW|rodezja ZW|rodesia ZW|turkmenia TM|turkmeniia TM";

/// Parts of a country that write themselves as one, folded.
pub(super) const PARTS: &str = "\
england GB|scotland GB|wales GB|northern ireland GB|angleterre GB|inglaterra GB|inghilterra GB|schottland GB|ecosse GB|escocia GB|cymru GB|alba GB|zanzibar TZ|canary islands ES|\
islas canarias ES|azores PT|acores PT|madeira PT|crimea UA|corsica FR|corse FR|sicily IT|sardinia IT|balearic islands ES|metropolitan france FR|france metropolitaine FR|mainland china CN|\
abu dhabi AE|dubai AE|sharjah AE|hawaii US|tasmania AU|ascension island SH|tristan da cunha SH|clipperton island FR|ceuta and melilla ES|diego garcia IO|ceuta ES|melilla ES|tibet CN|\
kurdistan region of iraq IQ|abkhazia GE|south ossetia GE|transnistria MD|northern cyprus CY|turkish republic of northern cyprus CY|somaliland SO|england and wales GB|ulster GB|bavaria DE|catalonia ES|catalunya ES|ascension SH";

/// People and languages named for their country, in English, folded: what columns of nationality hold. Not here: those
/// of two countries (Congolese, Dominican, Guinean, Korean).
pub(super) const PEOPLE: &str = "\
afghan AF|albanian AL|algerian DZ|american US|andorran AD|angolan AO|argentine AR|argentinian AR|armenian AM|australian AU|austrian AT|azerbaijani AZ|bahamian BS|bahraini BH|bangladeshi BD|barbadian BB|belarusian BY|\
belgian BE|belizean BZ|beninese BJ|bermudian BM|bhutanese BT|bolivian BO|bosnian BA|botswanan BW|brazilian BR|british GB|briton GB|bruneian BN|bulgarian BG|burkinabe BF|burmese MM|burundian BI|cambodian KH|cameroonian CM|canadian CA|\
cape verdean CV|cabo verdean CV|caymanian KY|chadian TD|chilean CL|chinese CN|colombian CO|comorian KM|costa rican CR|croat HR|croatian HR|cuban CU|cypriot CY|czech CZ|dane DK|danish DK|djiboutian DJ|dutch NL|ecuadorian EC|\
ecuadorean EC|egyptian EG|emirati AE|english GB|englishman GB|equatorial guinean GQ|eritrean ER|estonian EE|ethiopian ET|faroese FO|fijian FJ|filipino PH|filipina PH|finnish FI|finn FI|french FR|frenchman FR|gabonese GA|gambian GM|georgian GE|german DE|\
ghanaian GH|greek GR|greenlandic GL|grenadian GD|guatemalan GT|guyanese GY|haitian HT|honduran HN|hungarian HU|icelandic IS|icelander IS|indian IN|indonesian ID|iranian IR|iraqi IQ|irish IE|irishman IE|israeli IL|italian IT|ivorian CI|jamaican JM|japanese JP|\
jordanian JO|kazakh KZ|kenyan KE|kosovan XK|kosovar XK|kuwaiti KW|kyrgyz KG|lao LA|laotian LA|latvian LV|lebanese LB|liberian LR|libyan LY|liechtensteiner LI|lithuanian LT|luxembourger LU|macanese MO|macedonian MK|malagasy MG|malawian MW|malaysian MY|maldivian MV|\
malian ML|maltese MT|manx IM|marshallese MH|mauritanian MR|mauritian MU|mexican MX|micronesian FM|moldovan MD|monacan MC|monegasque MC|mongolian MN|montenegrin ME|moroccan MA|mozambican MZ|namibian NA|nauruan NR|nepalese NP|nepali NP|new zealander NZ|nicaraguan NI|\
nigerian NG|nigerien NE|niuean NU|north korean KP|norwegian NO|omani OM|pakistani PK|palauan PW|palestinian PS|panamanian PA|papua new guinean PG|paraguayan PY|peruvian PE|pole PL|polish PL|portuguese PT|puerto rican PR|qatari QA|romanian RO|russian RU|rwandan RW|\
salvadoran SV|salvadorean SV|samoan WS|saudi SA|saudi arabian SA|scot GB|scottish GB|senegalese SN|serb RS|serbian RS|seychellois SC|sierra leonean SL|singaporean SG|slovak SK|slovene SI|slovenian SI|somali SO|south african ZA|south korean KR|south sudanese SS|spaniard ES|spanish ES|\
sri lankan LK|st lucian LC|sudanese SD|surinamese SR|swazi SZ|swede SE|swedish SE|swiss CH|syrian SY|taiwanese TW|tajik TJ|tanzanian TZ|thai TH|timorese TL|togolese TG|tongan TO|trinidadian TT|tunisian TN|turk TR|turkish TR|turkmen TM|tuvaluan TV|ugandan UG|ukrainian UA|\
uruguayan UY|uzbek UZ|vanuatuan VU|venezuelan VE|vietnamese VN|welsh GB|welshman GB|yemeni YE|zambian ZM|zimbabwean ZW";

/// Official names whose short form is not a word of them, folded.
pub(super) const OFFICIAL: &str = "\
ostrov men IM|lydveldid island IS|republica de corea KR|republique de coree KR|repubblica di corea KR|republica da coreia KR|republica popular democratica de corea KP|republique populaire democratique de coree KP|repubblica popolare democratica di corea KP|\
republica popular democratica da coreia KP|koninkrijk der nederlanden NL|korolevstvo niderlandov NL|republika e shqiperise AL|republika e kosoves XK|republika e maqedonise se veriut MK|poblacht na heireann IE|gonoprojatontri bangladesh BD|\
hayastani hanrapetutyun AM|hayastan AM|druk gyal khap BT|republika yuburundi BI|preah reacheanachak kampuchea KH|sathalanalat paxathipatai paxaxon lao LA|matanitu tugalala o viti FJ|dziko la malawi MW|malo saoloto tutoatasi o samoa WS|\
dhivehi raajeyge jumhooriyya MV|puleanga fakatui o tonga TO|teta paraguai PY|beluu er a belau PW|ripublik naoero NR|iriphabliki yaseningizimu afrika ZA|suid afrika ZA|confoederatio helvetica CH|nyika yezimbabwe ZW|filastin PS|muritan MR|suudiyah SA|\
status civitatis vaticanae VA|citta del vaticano VA|santa sede VA|saint siege VA|heiliger stuhl VA|spolkova republika nemecko DE|republika federalna niemiec DE|spoluchene korolivstvo GB|soedinionnye shtaty ameriki US|\
soedinionnoe korolevstvo velikobritanii i severnoi irlandii GB|regno unito di gran bretagna e irlanda del nord GB|verenigd koninkrijk van groot brittannie en noord ierland GB|vereinigtes konigreich grossbritannien und nordirland GB|\
mei li jian he zhong guo US|fa lan xi FR|de yi zhi DE|raachaanaacchkraithy TH|ratcha anachak thai TH|dawlat al imarat al arabiyah al muttahidah AE|regiao administrativa especial de macau MO|regiao administrativa especial de hong kong HK|\
hagere ertra ER|rossiyskaya federatsiya RU|tochikiston TJ|pivdenno afrikanska respublika ZA|\
munegu MC|guernesi GG|udzima wa komori KM|al ittihad al qumuri KM|lthd lqmry KM|zhonghua renmin gongheguo CN|zhongguo CN|zhonghua minguo TW|daehan minguk KR|kitaiska narodna respublika CN|chinska republika ludowa CN|\
xiang gang te bie xing zheng qu HK|ao men te bie xing zheng qu MO|hksar HK|sgssi GS|northern marianas MP|praethsaithy TH|prathet thai TH|yisrael IL|medinat yisrael IL|umbuso weswatini SZ|\
jazair DZ|al jazair DZ|maghrib MA|al maghrib MA|al iraq IQ|al urdun JO|al yaman YE|as sudan SD|al kuwayt KW|al bahrayn BH|al imarat AE|saudiyah SA|suriyah SY|uman OM|mryk US|s u a US|\
arabskie emiraty AE|obedinionnye arabskie emiraty AE|arabta gaertianebuli saemiroebi AE|soedinionnoe korolevstvo GB|soedinennoe korolevstvo GB|iuzhno afrikanskaia respublika ZA|britanskie virginskie ostrova VG|\
amerikanskie virginskie ostrova VI|didi britanetis da chrdiloet irlandiis gaertianebuli samepo GB|regatul unit al marii britanii si al irlandei de nord GB|palestinian autonomous areas PS|palestinian autonomous region PS|\
palestinian national authority PS|hrshvt hplstynyt PS|b virgin islands VG|cayman KY|cocos CC|misr al arabiyah EG|\
xiang gang HK|ao men MO|gonkong HK|mei guo US|amriki US|hong kong s a r HK|macao s a r MO|hk sar HK|macau sar china MO|palestinian authority PS|biot IO|st kitts nevis KN|saint kitts nevis KN|saint vincent grenadines VC|saint vincent and grenadines VC|qazaqstan KZ|hindustan IN|\
rossiiskaia federatsiia RU|kitaiskaia narodnaia respublika CN|lmmlk lrby lswdy SA|lswdy SA|lmrt AE|zhong hua ren min gong he guo CN|zhong hua min guo TW|\
soedinennoe korolevstvo velikobritanii i severnoi irlandii GB|soedinennye shtaty ameriki US|ssha US|republica federativa do brasil BR|republica federativa del brasil BR|hrvatska republika HR|\
ellenike demokratia GR|kupriake demokratia CY|cheshskaia respublika CZ|ri ben guo JP|joseonminjujuyiinmingonghwagug KP|cong hoa xa hoi chu nghia viet nam VN|magyar koztarsasag HU|\
suomen tasavalta FI|turkiye cumhuriyeti TR|jmhwry msr lrby EG|ljmhwry lrby lswry SY|lrdn JO|lmmlk lrdny lhshmy JO|osterreichische republik AT|gran ducato di lussemburgo LU|\
vereinigtes konigreich grossbritannien GB|vereinigtes konigreich von grossbritannien und nordirland GB|royaume uni de grande bretagne et dirlande du nord GB|\
reino unido de gran bretana e irlanda del norte GB|reino unido da gra bretanha e irlanda do norte GB|verenigde staten van amerika US|amerika birlesik devletleri US|stany zjednoczone ameryki US|\
principat dandorra AD|kongomin zhu gong he guo CD|rwandese republic RW|isle of man iom IM|dpr korea KP|guinee conakry GN|congo dr CD|republic of macedonia MK|taipei china TW|\
argentine republic AR|republica argentina AR|lebanese republic LB|hellenic republic GR|french republic FR|republique francaise FR|italian republic IT|repubblica italiana IT|portuguese republic PT|\
republica portuguesa PT|slovak republic SK|slovenska republika SK|kyrgyz republic KG|gabonese republic GA|togolese republic TG|tunisian republic TN|russian federation RU|syrian arab republic SY|\
swiss confederation CH|schweizerische eidgenossenschaft CH|confederation suisse CH|confederazione svizzera CH|holy see VA|holy see vatican city state VA|vatican VA|vatican city VA|vatican city state VA|\
lao peoples democratic republic LA|libyan arab jamahiriya LY|libya arab jamahiriya LY|eastern republic of uruguay UY|united mexican states MX|estados unidos mexicanos MX|polish republic PL|\
dominican republic DO|brunei darussalam BN|nation of brunei BN|sahrawi arab democratic republic EH|rzeczpospolita polska PL|\
virgin islands us VI|virgin islands u s VI|virgin islands of the united states VI|us virgin islands VI|u s virgin islands VI|virgin islands british VG|british virgin islands VG|virgin islands uk VG|bvi VG|usvi VI|\
sint maarten dutch part SX|saint martin french part MF|st martin MF|congo kinshasa CD|congo brazzaville CG|congo dem rep CD|congo rep CG|congo democratic republic CD|congo republic CG|dem rep of congo CD|dem rep of the congo CD|\
democratic republic of congo CD|republic of congo CG|korea south KR|korea north KP|korea rep KR|korea dem rep KP|korea dem peoples rep KP|south korea republic of korea KR|north korea dprk KP|republic of korea south korea KR|s korea KR|n korea KP|\
china republic of TW|republic of china taiwan TW|taiwan roc TW|peoples republic of china CN|hong kong sar HK|hong kong sar china HK|hong kong china HK|hong kong special administrative region HK|hong kong special administrative region of china HK|\
macao sar MO|macau sar MO|macao sar china MO|macau sar china MO|macau special administrative region MO|macao special administrative region of china MO|palestinian territory PS|palestinian territories PS|occupied palestinian territory PS|\
palestinian territory occupied PS|palestine PS|gaza strip PS|west bank PS|west bank and gaza PS|us minor outlying islands UM|united states minor outlying islands UM|south georgia GS|viet nam VN|vietnam VN|bosnia BA|\
trinidad TT|tobago TT|saint kitts KN|st kitts KN|nevis KN|saint vincent VC|st vincent VC|sao tome ST|principe ST|antigua AG|barbuda AG|turks and caicos TC|turks and caicos islands TC|wallis and futuna islands WF|saint helena SH|\
saint pierre PM|svalbard SJ|jan mayen SJ|heard island HM|faroes FO|falklands FK|maldive islands MV|channel islands jersey JE|cocos keeling islands CC|keeling islands CC|french polynesia tahiti PF|tahiti PF|bonaire BQ|saba BQ|sint eustatius BQ|\
republic of ireland IE|irish republic IE|southern ireland IE|eire IE|state of japan JP|nippon JP|nihon JP|soviet russia RU|russia RU|great britain GB|gt britain GB|britain GB|uk great britain GB|united kingdom uk GB|uk united kingdom GB|\
united kingdom of great britain GB|united kingdom of great britain and ireland GB|usa united states of america US|united states usa US|united states of america usa US|estados unidos da america US|america US|\
uae AE|u a e AE|emirates AE|ksa SA|kingdom of saudi arabia SA|saudi SA|drc CD|dr congo CD|d r congo CD|car CF|c a r CF|prc CN|roc TW|rok KR|dprk KP|png PG|nz NZ|cz republic CZ|czech rep CZ|dominican rep DO|central african rep CF|sa south africa ZA|\
bih BA|bosnia and herz BA|s sudan SS|south sudan SS|eq guinea GQ|solomon is SB|w sahara EH|western sahara EH|fr s antarctic lands TF|french southern territories TF|french southern and antarctic lands TF|cote divoire CI|timor TL|cabo verde CV";

/// Each country of the table: alpha-2, alpha-3, number, names.
pub(super) fn countries() -> impl Iterator<
    Item = (
        &'static str,
        &'static str,
        &'static str,
        std::str::Split<'static, char>,
    ),
> {
    COUNTRIES.lines().filter_map(|line| {
        let mut parts = line.splitn(4, ' ');
        let (alpha2, alpha3) = (parts.next()?, parts.next()?);
        Some((alpha2, alpha3, parts.next()?, parts.next()?.split('|')))
    })
}

/// The rows of the other tables: name, alpha-2.
pub(super) fn pairs(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.split('|').filter_map(|row| row.rsplit_once(' '))
}
