//! Cities with their region, postcode pattern and landline area codes, and streets, by country.

/// City, region as the post writes it, postcode pattern (`#` a digit, `@` a letter), area code.
pub(crate) type City = (&'static str, &'static str, &'static str, &'static str);

pub(crate) const US: &[City] = &[
    ("New York", "NY", "100##", "212"),
    ("Los Angeles", "CA", "900##", "213"),
    ("Chicago", "IL", "606##", "312"),
    ("Houston", "TX", "770##", "713"),
    ("Phoenix", "AZ", "850##", "602"),
    ("Philadelphia", "PA", "191##", "215"),
    ("San Antonio", "TX", "782##", "210"),
    ("San Diego", "CA", "921##", "619"),
    ("Dallas", "TX", "752##", "214"),
    ("Austin", "TX", "787##", "512"),
    ("Jacksonville", "FL", "322##", "904"),
    ("Columbus", "OH", "432##", "614"),
    ("Charlotte", "NC", "282##", "704"),
    ("Indianapolis", "IN", "462##", "317"),
    ("Seattle", "WA", "981##", "206"),
    ("Denver", "CO", "802##", "303"),
    ("Boston", "MA", "021##", "617"),
    ("Nashville", "TN", "372##", "615"),
    ("Portland", "OR", "972##", "503"),
    ("Las Vegas", "NV", "891##", "702"),
    ("Memphis", "TN", "381##", "901"),
    ("Louisville", "KY", "402##", "502"),
    ("Baltimore", "MD", "212##", "410"),
    ("Milwaukee", "WI", "532##", "414"),
    ("Albuquerque", "NM", "871##", "505"),
    ("Sacramento", "CA", "958##", "916"),
    ("Atlanta", "GA", "303##", "404"),
    ("Miami", "FL", "331##", "305"),
    ("Minneapolis", "MN", "554##", "612"),
    ("New Orleans", "LA", "701##", "504"),
    ("Salt Lake City", "UT", "841##", "801"),
    ("St. Louis", "MO", "631##", "314"),
];

pub(crate) const CA: &[City] = &[
    ("Toronto", "ON", "M5@ #@#", "416"),
    ("Montréal", "QC", "H3@ #@#", "514"),
    ("Vancouver", "BC", "V6@ #@#", "604"),
    ("Calgary", "AB", "T2@ #@#", "403"),
    ("Ottawa", "ON", "K1@ #@#", "613"),
    ("Halifax", "NS", "B3@ #@#", "902"),
];

pub(crate) const GB: &[City] = &[
    ("London", "", "SE1# #@@", "20"),
    ("Manchester", "", "M1# #@@", "161"),
    ("Birmingham", "", "B1# #@@", "121"),
    ("Leeds", "", "LS1# #@@", "113"),
    ("Glasgow", "", "G1# #@@", "141"),
    ("Edinburgh", "", "EH1# #@@", "131"),
    ("Bristol", "", "BS1# #@@", "117"),
];

pub(crate) const DE: &[City] = &[
    ("Berlin", "", "10###", "30"),
    ("Hamburg", "", "20###", "40"),
    ("München", "", "80###", "89"),
    ("Köln", "", "50###", "221"),
    ("Frankfurt am Main", "", "60###", "69"),
    ("Stuttgart", "", "70###", "711"),
    ("Düsseldorf", "", "40###", "211"),
];

pub(crate) const FR: &[City] = &[
    ("Paris", "", "750##", "1"),
    ("Lyon", "", "690##", "4"),
    ("Marseille", "", "130##", "4"),
    ("Lille", "", "590##", "3"),
    ("Bordeaux", "", "330##", "5"),
    ("Nantes", "", "440##", "2"),
];

pub(crate) const NL: &[City] = &[
    ("Amsterdam", "", "10## @@", "20"),
    ("Rotterdam", "", "30## @@", "10"),
    ("'s-Gravenhage", "", "25## @@", "70"),
    ("Utrecht", "", "35## @@", "30"),
    ("Eindhoven", "", "56## @@", "40"),
];

pub(crate) const AU: &[City] = &[
    ("Sydney", "NSW", "20##", "2"),
    ("Melbourne", "VIC", "30##", "3"),
    ("Brisbane", "QLD", "40##", "7"),
    ("Perth", "WA", "60##", "8"),
];

pub(crate) const ES: &[City] = &[
    ("Madrid", "", "280##", "91"),
    ("Barcelona", "", "080##", "93"),
    ("Valencia", "", "460##", "96"),
    ("Sevilla", "", "410##", "95"),
    ("Bilbao", "", "480##", "94"),
];

pub(crate) const STREETS_EN: &str = "Main Oak Maple Cedar Pine Elm Washington Lake Hill Walnut Spring North Ridge Church \
Willow Mill Sunset Railroad Jackson Highland Forest Meadow River Park Chestnut Franklin Jefferson Center Locust Lincoln \
Victoria Station Green Manor Kings Queens York Windsor Grange Albert Stanley Orchard Poplar Birch Dogwood Hickory \
Magnolia Sycamore Laurel Juniper Cherry Valley Prospect Grove Madison Monroe Adams Harrison Cleveland Garfield";

/// Street types, long and short.
pub(crate) const TYPES_EN: &[(&str, &str)] = &[
    ("Street", "St"),
    ("Avenue", "Ave"),
    ("Road", "Rd"),
    ("Drive", "Dr"),
    ("Lane", "Ln"),
    ("Court", "Ct"),
    ("Boulevard", "Blvd"),
    ("Place", "Pl"),
];

pub(crate) const STREETS_DE: &str = "Haupt Schul Garten Bahnhof Dorf Berg Birken Linden Kirch Wald Ring Wiesen Goethe \
Schiller Mozart Rosen Mühlen Eichen Industrie Bismarck Beethoven Blumen Kastanien Nelken Ahorn";
pub(crate) const STREETS_NL: &str = "Kerk School Molen Dorps Juliana Wilhelmina Beatrix Nieuw Hoog Prins Emma Burg Park \
Stations Linden Eiken Beuken Kastanje Water Haven";
pub(crate) const STREETS_FR: &str = "de la République|Victor Hugo|de l'Église|Jean Jaurès|Pasteur|du Moulin|des Écoles|\
de la Gare|Gambetta|de la Mairie|des Lilas|Émile Zola|Voltaire|du Château|de la Fontaine|des Acacias|Jules Ferry";
pub(crate) const STREETS_ES: &str = "Mayor|Real|de la Constitución|Nueva|del Sol|San Juan|de la Iglesia|Cervantes|\
Goya|Velázquez|de Alcalá|del Carmen|San Miguel|de la Paz|Colón";
