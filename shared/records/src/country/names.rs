//! ISO 3166-1: two-letter code, three-letter code, then the names a form or an export may hold, folded (see
//! [`crate::text::fold`]): English short name first, then names in larger European languages and usual abbreviations.

pub(super) const COUNTRIES: &str = "\
AD AND andorra|andorre
AE ARE united arab emirates|uae|u a e|vereinigte arabische emirate|emirats arabes unis|emiratos arabes unidos|emirati arabi uniti
AF AFG afghanistan|afganistan
AG ATG antigua and barbuda|antigua
AI AIA anguilla
AL ALB albania|albanien|albanie|shqiperia
AM ARM armenia|armenien|armenie
AO AGO angola
AQ ATA antarctica|antarktis
AR ARG argentina|argentinien|argentine
AS ASM american samoa
AT AUT austria|osterreich|oesterreich|autriche|oostenrijk|republic of austria|republik osterreich|rakousko
AU AUS australia|australien|australie|commonwealth of australia
AW ABW aruba
AX ALA aland islands|aland
AZ AZE azerbaijan|aserbaidschan|azerbaidjan
BA BIH bosnia and herzegovina|bosnia|bosnia herzegovina|bosnien und herzegowina|bosnie herzegovine|bosna i hercegovina
BB BRB barbados
BD BGD bangladesh|bangladesch
BE BEL belgium|belgien|belgique|belgie|belgica|belgio|kingdom of belgium
BF BFA burkina faso
BG BGR bulgaria|bulgarien|bulgarie|balgariia|blgariia
BH BHR bahrain|bahrein
BI BDI burundi
BJ BEN benin
BL BLM saint barthelemy|st barthelemy
BM BMU bermuda
BN BRN brunei darussalam|brunei
BO BOL bolivia|bolivien|bolivie|plurinational state of bolivia|bolivia plurinational state of
BQ BES bonaire sint eustatius and saba|bonaire|caribbean netherlands
BR BRA brazil|brasil|brasilien|bresil|brasile|brazilie
BS BHS bahamas|the bahamas
BT BTN bhutan
BV BVT bouvet island
BW BWA botswana
BY BLR belarus|weissrussland|bielorussie|bielorrusia
BZ BLZ belize
CA CAN canada|kanada
CC CCK cocos keeling islands|cocos islands
CD COD democratic republic of the congo|congo democratic republic of the|congo the democratic republic of the|dr congo|drc|congo kinshasa
CF CAF central african republic|zentralafrikanische republik|republique centrafricaine
CG COG congo|republic of the congo|congo brazzaville
CH CHE switzerland|schweiz|suisse|svizzera|suiza|zwitserland|swiss confederation|svizra|suica|szwajcaria|die schweiz
CI CIV cote d ivoire|cote divoire|ivory coast|elfenbeinkuste
CK COK cook islands
CL CHL chile|chili|cile
CM CMR cameroon|kamerun|cameroun
CN CHN china|peoples republic of china|prc|p r china|chine|volksrepublik china|mainland china|zhongguo|zhong guo
CO COL colombia|kolumbien|colombie
CR CRI costa rica
CU CUB cuba|kuba
CV CPV cabo verde|cape verde|kap verde
CW CUW curacao
CX CXR christmas island
CY CYP cyprus|zypern|chypre|chipre|cipro|kypros|kibris
CZ CZE czechia|czech republic|tschechien|tschechische republik|republique tcheque|tchequie|ceska republika|cesko|chequia|republica checa|tsjechie
DE DEU germany|deutschland|allemagne|alemania|germania|duitsland|tyskland|alemanha|niemcy|federal republic of germany|bundesrepublik deutschland|brd|nemecko|ger|saksa
DJ DJI djibouti|dschibuti
DK DNK denmark|danmark|danemark|dinamarca|danimarca|denemarken|kingdom of denmark|daenemark
DM DMA dominica
DO DOM dominican republic|republica dominicana|dominikanische republik|republique dominicaine
DZ DZA algeria|algerien|algerie
EC ECU ecuador|equateur
EE EST estonia|estland|estonie|eesti
EG EGY egypt|agypten|aegypten|egypte|egipto|egitto|misr|arab republic of egypt
EH ESH western sahara
ER ERI eritrea
ES ESP spain|espana|spanien|espagne|spagna|spanje|espanha|hiszpania|kingdom of spain|reino de espana
ET ETH ethiopia|athiopien|ethiopie
FI FIN finland|suomi|finnland|finlande|finlandia
FJ FJI fiji
FK FLK falkland islands|falkland islands malvinas|malvinas
FM FSM micronesia|federated states of micronesia|micronesia federated states of
FO FRO faroe islands|faroes|foroyar
FR FRA france|frankreich|francia|frankrijk|frankrike|franca|francja|french republic|republique francaise
GA GAB gabon|gabun
GB GBR united kingdom|uk|u k|great britain|britain|england|scotland|wales|northern ireland|gb|g b|united kingdom of great britain and northern ireland|vereinigtes konigreich|grossbritannien|royaume uni|grande bretagne|reino unido|regno unito|gran bretagna|verenigd koninkrijk|groot brittannie|storbritannien|the united kingdom|angleterre|wielka brytania
GD GRD grenada
GE GEO georgia|georgien|georgie|sakartvelo|republic of georgia
GF GUF french guiana|guyane|guyane francaise
GG GGY guernsey
GH GHA ghana
GI GIB gibraltar
GL GRL greenland|gronland|kalaallit nunaat
GM GMB gambia|the gambia
GN GIN guinea|guinee
GP GLP guadeloupe
GQ GNQ equatorial guinea|guinea ecuatorial
GR GRC greece|griechenland|grece|grecia|griekenland|hellas|hellenic republic|ellada|el
GS SGS south georgia and the south sandwich islands
GT GTM guatemala
GU GUM guam
GW GNB guinea bissau
GY GUY guyana
HK HKG hong kong|hong kong sar|hongkong|hong kong sar china
HM HMD heard island and mcdonald islands
HN HND honduras
HR HRV croatia|kroatien|croatie|hrvatska|croacia|croazia
HT HTI haiti
HU HUN hungary|ungarn|hongrie|magyarorszag|hungria|ungheria|hongarije
ID IDN indonesia|indonesien|indonesie
IE IRL ireland|irland|irlande|irlanda|ierland|eire|republic of ireland
IL ISR israel
IM IMN isle of man
IN IND india|indien|inde|bharat|republic of india
IO IOT british indian ocean territory
IQ IRQ iraq|irak
IR IRN iran|iran islamic republic of|islamic republic of iran
IS ISL iceland|island|islande|islandia
IT ITA italy|italia|italien|italie|italian republic|repubblica italiana|wlochy
JE JEY jersey
JM JAM jamaica|jamaika
JO JOR jordan|jordanien|jordanie
JP JPN japan|japon|giappone|nippon|nihon|japao
KE KEN kenya|kenia
KG KGZ kyrgyzstan|kirgisistan
KH KHM cambodia|kambodscha|cambodge|camboya
KI KIR kiribati
KM COM comoros|komoren
KN KNA saint kitts and nevis|st kitts and nevis|st kitts nevis
KP PRK north korea|nordkorea|coree du nord|democratic peoples republic of korea|korea democratic peoples republic of|dprk
KR KOR south korea|korea|republic of korea|korea republic of|sudkorea|suedkorea|coree du sud|corea del sur|corea del sud|hanguk|daehanmingug
KW KWT kuwait|koweit
KY CYM cayman islands
KZ KAZ kazakhstan|kasachstan
LA LAO laos|lao peoples democratic republic|lao
LB LBN lebanon|libanon|liban|libano
LC LCA saint lucia|st lucia
LI LIE liechtenstein
LK LKA sri lanka
LR LBR liberia
LS LSO lesotho
LT LTU lithuania|litauen|lituanie|lietuva|lituania|litouwen
LU LUX luxembourg|luxemburg|luxemburgo|lussemburgo|letzebuerg
LV LVA latvia|lettland|lettonie|latvija|letonia|lettonia|letland
LY LBY libya|libyen|libye
MA MAR morocco|marokko|maroc|marruecos|marocco|al maghrib
MC MCO monaco
MD MDA moldova|moldau|moldavie|republic of moldova|moldova republic of
ME MNE montenegro|crna gora
MF MAF saint martin|saint martin french part|st martin
MG MDG madagascar|madagaskar
MH MHL marshall islands
MK MKD north macedonia|macedonia|mazedonien|nordmazedonien|severna makedonija
ML MLI mali
MM MMR myanmar|burma
MN MNG mongolia|mongolei
MO MAC macao|macau
MP MNP northern mariana islands
MQ MTQ martinique
MR MRT mauritania|mauretanien
MS MSR montserrat
MT MLT malta|malte
MU MUS mauritius
MV MDV maldives|malediven
MW MWI malawi
MX MEX mexico|mexiko|mexique|messico|estados unidos mexicanos|united mexican states
MY MYS malaysia|malaisie|malasia
MZ MOZ mozambique|mosambik|mocambique
NA NAM namibia
NC NCL new caledonia|nouvelle caledonie
NE NER niger
NF NFK norfolk island
NG NGA nigeria
NI NIC nicaragua
NL NLD netherlands|the netherlands|holland|niederlande|pays bas|paises bajos|paesi bassi|nederland|nederlanderna|kingdom of the netherlands|olanda|hollande|holandia
NO NOR norway|norwegen|norvege|norge|noruega|norvegia|noorwegen|kingdom of norway|noreg
NP NPL nepal
NR NRU nauru
NU NIU niue
NZ NZL new zealand|neuseeland|nouvelle zelande|nueva zelanda|aotearoa|nieuw zeeland
OM OMN oman
PA PAN panama
PE PER peru|perou
PF PYF french polynesia|polynesie francaise
PG PNG papua new guinea
PH PHL philippines|the philippines|philippinen|filipinas|pilipinas|filippine
PK PAK pakistan
PL POL poland|polen|pologne|polska|polonia|republic of poland|rzeczpospolita polska
PM SPM saint pierre and miquelon|st pierre and miquelon
PN PCN pitcairn
PR PRI puerto rico
PS PSE palestine|state of palestine|palestine state of|palestinian territory
PT PRT portugal|portogallo|portuguese republic
PW PLW palau
PY PRY paraguay
QA QAT qatar|katar
RE REU reunion|la reunion
RO ROU romania|rumanien|rumaenien|roumanie|rumania|roemenie
RS SRB serbia|serbien|serbie|srbija
RU RUS russia|russian federation|russland|russie|rusia|rossija|rossiia|rossiya|rusland
RW RWA rwanda|ruanda
SA SAU saudi arabia|kingdom of saudi arabia|ksa|saudi arabien|arabie saoudite|arabia saudita|arabia saudi
SB SLB solomon islands
SC SYC seychelles|seychellen
SD SDN sudan|soudan
SE SWE sweden|schweden|suede|sverige|suecia|svezia|zweden|kingdom of sweden|ruotsi
SG SGP singapore|singapur|singapour|republic of singapore
SH SHN saint helena|saint helena ascension and tristan da cunha|st helena
SI SVN slovenia|slowenien|slovenie|slovenija
SJ SJM svalbard and jan mayen|svalbard
SK SVK slovakia|slowakei|slovaquie|slovensko|slovak republic|eslovaquia|slovacchia
SL SLE sierra leone
SM SMR san marino
SN SEN senegal
SO SOM somalia
SR SUR suriname|surinam
SS SSD south sudan|sudsudan
ST STP sao tome and principe
SV SLV el salvador
SX SXM sint maarten|sint maarten dutch part|st maarten
SY SYR syria|syrian arab republic|syrien|syrie
SZ SWZ eswatini|swaziland
TC TCA turks and caicos islands|turks and caicos
TD TCD chad|tschad|tchad
TF ATF french southern territories
TG TGO togo
TH THA thailand|thailande|tailandia|prathet thai
TJ TJK tajikistan|tadschikistan
TK TKL tokelau
TL TLS timor leste|east timor
TM TKM turkmenistan
TN TUN tunisia|tunesien|tunisie
TO TON tonga
TR TUR turkey|turkiye|turkei|tuerkei|turquie|turquia|turchia|turkije|republic of turkey
TT TTO trinidad and tobago|trinidad
TV TUV tuvalu
TW TWN taiwan|taiwan province of china|republic of china|roc|chinese taipei
TZ TZA tanzania|united republic of tanzania|tanzania united republic of|tansania
UA UKR ukraine|ucrania|ucraina|ukraina|ukrayina
UG UGA uganda|ouganda
UM UMI united states minor outlying islands
US USA united states|united states of america|u s|u s a|the united states|america|vereinigte staaten|vereinigte staaten von amerika|etats unis|etats unis damerique|estados unidos|estados unidos de america|eeuu|ee uu|stati uniti|stati uniti damerica|verenigde staten|forenta staterna|the united states of america|the usa
UY URY uruguay
UZ UZB uzbekistan|usbekistan
VA VAT holy see|vatican city|vatican|vatikanstadt|holy see vatican city state
VC VCT saint vincent and the grenadines|st vincent and the grenadines|st vincent
VE VEN venezuela|bolivarian republic of venezuela|venezuela bolivarian republic of
VG VGB british virgin islands|virgin islands british
VI VIR us virgin islands|virgin islands us|u s virgin islands|virgin islands u s|united states virgin islands
VN VNM vietnam|viet nam|socialist republic of vietnam
VU VUT vanuatu
WF WLF wallis and futuna
WS WSM samoa
XK XKX kosovo
YE YEM yemen|jemen
YT MYT mayotte
ZA ZAF south africa|sudafrika|suedafrika|afrique du sud|sudafrica|zuid afrika|suid afrika|republic of south africa|rsa
ZM ZMB zambia|sambia
ZW ZWE zimbabwe|simbabwe
";
