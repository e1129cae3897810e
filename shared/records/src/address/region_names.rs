//! Subdivisions of countries: the code of ISO 3166-2 (without its country), then folded names in the country's languages
//! and English, and abbreviations in use. `-` where the subdivision is known in addresses but has no code of its own.

use crate::Country;

pub(super) const REGIONS: [(Country, &str); 17] = [
    (
        Country::US,
        "\
AA armed forces americas;AE armed forces europe;AK alaska;AL alabama|ala;AP armed forces pacific;AR arkansas|ark;AS american samoa;AZ arizona|ariz;\
CA california|calif|cal;CO colorado|colo;CT connecticut|conn;DC district of columbia|washington dc|washington d c;DE delaware|del;FL florida|fla;\
GA georgia;GU guam;HI hawaii;IA iowa;ID idaho;IL illinois|ill;IN indiana|ind;KS kansas|kans;KY kentucky;LA louisiana;MA massachusetts|mass;MD maryland;\
ME maine;MI michigan|mich;MN minnesota|minn;MO missouri;MP northern mariana islands;MS mississippi|miss;MT montana|mont;NC north carolina|n carolina;\
ND north dakota|n dakota;NE nebraska|nebr;NH new hampshire;NJ new jersey;NM new mexico;NV nevada|nev;NY new york|new york state;OH ohio;OK oklahoma|okla;\
OR oregon|ore;PA pennsylvania|penn|penna;PR puerto rico;RI rhode island;SC south carolina|s carolina;SD south dakota|s dakota;TN tennessee|tenn;\
TX texas|tex;UT utah;VA virginia;VI virgin islands|us virgin islands|united states virgin islands;VT vermont;WA washington|washington state|wash;WI wisconsin|wis|wisc;\
WV west virginia|w virginia;WY wyoming|wyo",
    ),
    (
        Country::CA,
        "\
AB alberta|alta;BC british columbia|colombie britannique;MB manitoba;NB new brunswick|nouveau brunswick;NL newfoundland and labrador|newfoundland|nf|terre neuve et labrador;\
NS nova scotia|nouvelle ecosse;NT northwest territories|territoires du nord ouest;NU nunavut;ON ontario|ont;PE prince edward island|pei|ile du prince edouard;\
QC quebec|que|pq;SK saskatchewan|sask;YT yukon|yukon territory",
    ),
    (
        Country::AU,
        "\
ACT australian capital territory;NSW new south wales;NT northern territory;QLD queensland;SA south australia;TAS tasmania;VIC victoria;WA western australia",
    ),
    (
        Country::BR,
        "\
AC acre;AL alagoas;AM amazonas;AP amapa;BA bahia;CE ceara;DF distrito federal;ES espirito santo;GO goias;MA maranhao;MG minas gerais;MS mato grosso do sul;\
MT mato grosso;PA para;PB paraiba;PE pernambuco;PI piaui;PR parana;RJ rio de janeiro;RN rio grande do norte;RO rondonia;RR roraima;RS rio grande do sul;\
SC santa catarina;SE sergipe;SP sao paulo;TO tocantins",
    ),
    (
        Country::MX,
        "\
AGU aguascalientes|ags;BCN baja california|bc;BCS baja california sur;CAM campeche|camp;CHH chihuahua|chih;CHP chiapas|chis;CMX ciudad de mexico|mexico city|cdmx|distrito federal|df|d f|federal district;\
COA coahuila|coah|coahuila de zaragoza;COL colima;DUR durango|dgo;GRO guerrero;GUA guanajuato|gto;HID hidalgo|hgo;JAL jalisco;MEX estado de mexico|edo mex|edomex|edo de mexico|state of mexico;\
MIC michoacan|mich|michoacan de ocampo;MOR morelos;NAY nayarit;NLE nuevo leon|nl|n l;OAX oaxaca;PUE puebla;QUE queretaro|qro;ROO quintana roo|qr|q roo;SIN sinaloa;SLP san luis potosi|s l p;\
SON sonora;TAB tabasco;TAM tamaulipas|tamps;TLA tlaxcala|tlax;VER veracruz|veracruz de ignacio de la llave;YUC yucatan;ZAC zacatecas",
    ),
    (
        Country::IN,
        "\
AN andaman and nicobar islands|andaman nicobar islands;AP andhra pradesh;AR arunachal pradesh;AS assam;BR bihar;CG chhattisgarh|ct|chattisgarh;CH chandigarh;\
DH dadra and nagar haveli and daman and diu|daman and diu|dadra and nagar haveli;DL delhi|nct of delhi|new delhi;GA goa;GJ gujarat;HP himachal pradesh;HR haryana;JH jharkhand;JK jammu and kashmir|jammu kashmir;\
KA karnataka;KL kerala;LA ladakh;LD lakshadweep;MH maharashtra;ML meghalaya;MN manipur;MP madhya pradesh;MZ mizoram;NL nagaland;OD odisha|or|orissa;PB punjab;PY puducherry|pondicherry;\
RJ rajasthan;SK sikkim;TN tamil nadu|tamilnadu;TR tripura;TS telangana|tg;UK uttarakhand|ut|uttaranchal;UP uttar pradesh;WB west bengal",
    ),
    (
        Country::IT,
        "\
AG agrigento;AL alessandria;AN ancona;AO aosta;AP ascoli piceno;AQ l aquila|laquila;AR arezzo;AT asti;AV avellino;BA bari;BG bergamo;BI biella;BL belluno;BN benevento;BO bologna;BR brindisi;\
BS brescia;BT barletta andria trani;BZ bolzano|bozen|alto adige|sudtirol;CA cagliari;CB campobasso;CE caserta;CH chieti;CL caltanissetta;CN cuneo;CO como;CR cremona;CS cosenza;CT catania;CZ catanzaro;EN enna;\
FC forli cesena|fo;FE ferrara;FG foggia;FI firenze|florence;FM fermo;FR frosinone;GE genova|genoa;GO gorizia;GR grosseto;IM imperia;IS isernia;KR crotone;LC lecco;LE lecce;LI livorno;LO lodi;LT latina;\
LU lucca;MB monza e brianza|monza e della brianza|monza brianza;MC macerata;ME messina;MI milano|milan;MN mantova|mantua;MO modena;MS massa carrara;MT matera;NA napoli|naples;NO novara;NU nuoro;OR oristano;\
PA palermo;PC piacenza;PD padova|padua;PE pescara;PG perugia;PI pisa;PN pordenone;PO prato;PR parma;PT pistoia;PU pesaro e urbino|ps;PV pavia;PZ potenza;RA ravenna;RC reggio calabria|reggio di calabria;\
RE reggio emilia|reggio nell emilia;RG ragusa;RI rieti;RM roma|rome;RN rimini;RO rovigo;SA salerno;SI siena;SO sondrio;SP la spezia;SR siracusa|syracuse;SS sassari;SU sud sardegna|south sardinia;SV savona;\
TA taranto;TE teramo;TN trento|trentino;TO torino|turin;TP trapani;TR terni;TS trieste;TV treviso;UD udine;VA varese;VB verbano cusio ossola;VC vercelli;VE venezia|venice;VI vicenza;VR verona;VT viterbo;\
VV vibo valentia;21 piemonte|piedmont;23 valle d aosta|valle daosta;25 lombardia|lombardy;32 trentino alto adige|trentino sudtirol;34 veneto;36 friuli venezia giulia;42 liguria;45 emilia romagna;52 toscana|tuscany;\
55 umbria;57 marche;62 lazio;65 abruzzo;67 molise;72 campania;75 puglia|apulia;77 basilicata;78 calabria;82 sicilia|sicily;88 sardegna|sardinia",
    ),
    (
        Country::ES,
        "\
A alicante|alacant;AB albacete;AL almeria;AV avila;B barcelona|bcn;BA badajoz;BI bizkaia|vizcaya|biscay;BU burgos;C a coruna|la coruna|coruna;CA cadiz;CC caceres;CO cordoba;CR ciudad real;CS castellon|castello;\
CU cuenca;GC las palmas;GI girona|gerona;GR granada;GU guadalajara;H huelva;HU huesca;J jaen;L lleida|lerida;LE leon;LO la rioja|rioja;LU lugo;M madrid;MA malaga;MU murcia;NA navarra|nafarroa|navarre;\
O asturias;OR ourense|orense;P palencia;PM illes balears|islas baleares|balearic islands|baleares;PO pontevedra;S cantabria;SA salamanca;SE sevilla|seville;SG segovia;SO soria;SS gipuzkoa|guipuzcoa;T tarragona;TE teruel;\
TF santa cruz de tenerife|tenerife;TO toledo;V valencia;VA valladolid;VI alava|araba;Z zaragoza|saragossa;ZA zamora;CE ceuta;ML melilla;AN andalucia|andalusia;AR aragon;CB comunidad de cantabria;CL castilla y leon|castile and leon;\
CM castilla la mancha;CN canarias|canary islands|islas canarias;CT cataluna|catalunya|catalonia;EX extremadura;GA galicia;MC region de murcia;MD comunidad de madrid|community of madrid;\
NC comunidad foral de navarra;PV pais vasco|euskadi|basque country;VC comunidad valenciana|comunitat valenciana|valencian community",
    ),
    (
        Country::DE,
        "\
BB brandenburg;BE berlin;BW baden wurttemberg|baden wuerttemberg|ba wu;BY bayern|bavaria|free state of bavaria|freistaat bayern;HB bremen|freie hansestadt bremen;HE hessen|hesse;HH hamburg;\
MV mecklenburg vorpommern|mecklenburg western pomerania;NI niedersachsen|lower saxony|nds;NW nordrhein westfalen|north rhine westphalia|nrw;RP rheinland pfalz|rhineland palatinate;\
SH schleswig holstein;SL saarland;SN sachsen|saxony|freistaat sachsen;ST sachsen anhalt|saxony anhalt;TH thuringen|thueringen|thuringia|freistaat thuringen",
    ),
    (
        Country::AT,
        "\
1 burgenland|bgld;2 karnten|kaernten|carinthia|ktn;3 niederosterreich|niederoesterreich|lower austria|no|noe;4 oberosterreich|oberoesterreich|upper austria|oo|ooe;5 salzburg|sbg;\
6 steiermark|styria|stmk;7 tirol|tyrol;8 vorarlberg|vbg;9 wien|vienna",
    ),
    (
        Country::CH,
        "\
AG aargau|argovie;AI appenzell innerrhoden;AR appenzell ausserrhoden;BE bern|berne|berna;BL basel landschaft|baselland|bale campagne;BS basel stadt|bale ville;FR fribourg|freiburg;GE geneve|genf|geneva|ginevra;\
GL glarus|glaris;GR graubunden|graubuenden|grisons|grigioni;JU jura;LU luzern|lucerne;NE neuchatel|neuenburg;NW nidwalden|nidwald;OW obwalden|obwald;SG sankt gallen|st gallen|saint gall;SH schaffhausen|schaffhouse;\
SO solothurn|soleure;SZ schwyz;TG thurgau|thurgovie;TI ticino|tessin;UR uri;VD vaud|waadt;VS valais|wallis;ZG zug|zoug;ZH zurich|zuerich|zurigo",
    ),
    (
        Country::FR,
        "\
ARA auvergne rhone alpes;BFC bourgogne franche comte;BRE bretagne|brittany;CVL centre val de loire|centre;20R corse|corsica;GES grand est|alsace champagne ardenne lorraine;HDF hauts de france;IDF ile de france;\
NOR normandie|normandy;NAQ nouvelle aquitaine;OCC occitanie;PDL pays de la loire;PAC provence alpes cote dazur|provence alpes cote d azur|paca",
    ),
    (
        Country::NL,
        "\
DR drenthe;FL flevoland;FR friesland|fryslan;GE gelderland;GR groningen;LI limburg;NB noord brabant|north brabant;NH noord holland|north holland;OV overijssel;UT utrecht;ZE zeeland;ZH zuid holland|south holland",
    ),
    (
        Country::BE,
        "\
BRU bruxelles capitale|brussels hoofdstedelijk gewest|brussels capital region;VAN antwerpen|antwerp|anvers;VBR vlaams brabant|flemish brabant;VLG vlaanderen|flanders|vlaams gewest;VLI limburg;VOV oost vlaanderen|east flanders;\
VWV west vlaanderen|west flanders;WAL wallonie|wallonia;WBR brabant wallon|walloon brabant;WHT hainaut|henegouwen;WLG liege|luik;WLX luxembourg;WNA namur|namen",
    ),
    (
        Country::PL,
        "\
02 dolnoslaskie|lower silesia;04 kujawsko pomorskie|kuyavia pomerania;06 lubelskie;08 lubuskie;10 lodzkie;12 malopolskie|lesser poland;14 mazowieckie|masovia;16 opolskie;18 podkarpackie|subcarpathia;20 podlaskie;\
22 pomorskie|pomerania;24 slaskie|silesia;26 swietokrzyskie;28 warminsko mazurskie|warmia masuria;30 wielkopolskie|greater poland;32 zachodniopomorskie|west pomerania",
    ),
    (
        Country::GB,
        "\
ENG england;SCT scotland;WLS wales|cymru;NIR northern ireland;- greater london;- greater manchester;- merseyside;- west midlands;- south yorkshire;- west yorkshire;- north yorkshire;- east yorkshire;- yorkshire;\
- east riding of yorkshire;- tyne and wear;- bedfordshire|beds;- berkshire|berks;- buckinghamshire|bucks;- cambridgeshire|cambs;- cheshire;- cheshire east;- cheshire west and chester;- cornwall;- cumbria;- derbyshire;- devon;- dorset;\
- county durham|co durham;- east sussex;- west sussex;- sussex;- essex;- gloucestershire|glos;- hampshire|hants;- herefordshire;- hertfordshire|herts;- isle of wight;- kent;- lancashire|lancs;- leicestershire|leics;- lincolnshire|lincs;\
- middlesex|middx;- norfolk;- northamptonshire|northants;- northumberland;- nottinghamshire|notts;- oxfordshire|oxon;- rutland;- shropshire|salop;- somerset;- staffordshire|staffs;- suffolk;- surrey;- warwickshire|warks;\
- wiltshire|wilts;- worcestershire|worcs;- aberdeenshire;- angus;- argyll and bute;- ayrshire;- dumfries and galloway;- east lothian;- midlothian;- west lothian;- fife;- lanarkshire;- north lanarkshire;- south lanarkshire;\
- perthshire|perth and kinross;- renfrewshire;- scottish borders;- highland;- moray;- county antrim|co antrim;- county armagh|co armagh;- county down|co down;- county fermanagh|co fermanagh;- county londonderry|co londonderry;\
- county tyrone|co tyrone;- carmarthenshire;- ceredigion;- conwy;- denbighshire;- flintshire;- gwynedd;- monmouthshire;- pembrokeshire;- powys;- rhondda cynon taf;- south glamorgan;- mid glamorgan;- west glamorgan;- gwent;- dyfed;- clwyd",
    ),
    (
        Country::IE,
        "\
CW county carlow|co carlow;CN county cavan|co cavan;CE county clare|co clare;CO county cork|co cork;DL county donegal|co donegal;D county dublin|co dublin;G county galway|co galway;KY county kerry|co kerry;\
KE county kildare|co kildare;KK county kilkenny|co kilkenny;LS county laois|co laois;LM county leitrim|co leitrim;LK county limerick|co limerick;LD county longford|co longford;LH county louth|co louth;MO county mayo|co mayo;\
MH county meath|co meath;MN county monaghan|co monaghan;OY county offaly|co offaly;RN county roscommon|co roscommon;SO county sligo|co sligo;TA county tipperary|co tipperary;WD county waterford|co waterford;\
WH county westmeath|co westmeath;WX county wexford|co wexford;WW county wicklow|co wicklow;C connacht;L leinster;M munster;U ulster",
    ),
];
