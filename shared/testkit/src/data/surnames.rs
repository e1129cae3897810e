//! Surnames by culture: the common ones listed, the rest combined of two parts.

pub(crate) const ANGLO: &str = "Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Thomas Taylor Moore \
Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young Allen King Wright Scott Hill Green Adams \
Nelson Baker Hall Campbell Mitchell Carter Roberts Phillips Evans Turner Parker Edwards Collins Stewart Morris Murphy \
Cook Rogers Morgan Peterson Cooper Reed Bailey Bell Kelly Howard Ward Cox Richardson Wood Watson Brooks Bennett Gray \
James Hughes Price Myers Long Foster Sanders Ross Powell Sullivan Russell Jenkins Perry Butler Barnes Fisher Henderson \
Coleman Simmons Patterson Jordan Reynolds Hamilton Graham Wallace Cole West Bryant Ellis Stevens Gibson Tucker Hunter \
Hicks Crawford Henry Boyd Mason Kennedy Warren Dixon Burns Gordon Shaw Holmes Rice Robertson Hunt Black Daniels Palmer \
Mills Nichols Grant Knight Ferguson Stone Hawkins Dunn Perkins Hudson Spencer Gardner Payne Pierce Berry Arnold Wagner \
O'Brien O'Connor O'Neill McDonald McCarthy McLaughlin MacKenzie Fitzgerald FitzPatrick Smith-Jones Parker-Bowles \
Lloyd Pritchard Cadwallader Penhaligon Trevelyan";

/// Heads and tails of the rarer English surnames: 44 × 16.
pub(crate) const ANGLO_HEADS: &str = "Ash Black Whit Hart Brad Clay Cran Dun East Elm Fair Farn Gar Good Green Hal Ham \
Hazel Hol Horn Kings Lang Lin Lock Mar Mel Mil Nor Oak Old Pem Pres Red Ring Rock Shel Stan Stock Thorn Wake Wal West \
Win Wool";
pub(crate) const ANGLO_TAILS: &str =
    "ford well ton ley wood by ham field worth combe bridge brook dale more stead wick";

pub(crate) const GERMAN: &str = "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch \
Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause \
Meier Lehmann Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert \
Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Böhm Groß";
pub(crate) const GERMAN_HEADS: &str =
    "Stein Berg Wald Holz Linden Rosen Eich Buchen Feld Brunn Gold Silber Hirsch Löwen Apfel Grün";
pub(crate) const GERMAN_TAILS: &str =
    "bauer mann hof berg feld bach meier thal wald müller hauser ner";

pub(crate) const FRENCH: &str = "Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent \
Lefèbvre Michel Garcia David Bertrand Roux Vincent Fournier Morel Girard André Lefèvre Mercier Dupont Lambert Bonnet \
François Martinez Legrand Garnier Faure Rousseau Blanc Guérin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clément \
Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gérard Nguyen Boyer Denis Lemaire Duval Joly Gautier";

pub(crate) const DUTCH: &str = "de Jong|Jansen|de Vries|van den Berg|van Dijk|Bakker|Janssen|Visser|Smit|Meijer|de Boer|\
Mulder|de Groot|Bos|Vos|Peters|Hendriks|van Leeuwen|Dekker|Brouwer|de Wit|Dijkstra|Smits|de Graaf|van der Meer|\
van der Linden|Kok|Jacobs|de Haan|Vermeulen|van den Heuvel|van der Veen|van den Broek|de Bruijn|van der Heijden|\
Schouten|van Beek|Willems|van Vliet|van de Ven|Hoekstra|Maas|Verhoeven|Koster|van Dam|van der Wal|Prins|Blom|Huisman|Peeters";

pub(crate) const HISPANIC: &str = "García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores \
Rivera Gómez Díaz Reyes Morales Ortiz Gutiérrez Chávez Ramos Ruiz Mendoza Álvarez Castillo Jiménez Moreno Romero Herrera \
Medina Aguilar Vargas Castro Guzmán Fernández Muñoz Salazar Soto Delgado Ríos Vega Peña Contreras Núñez Silva Ibáñez \
Etxeberria Iglesias Navarro Domínguez Vázquez";

pub(crate) const ASIAN: &str = "Nguyen Lee Kim Chen Wang Li Zhang Liu Tran Park Choi Pham Wong Le Yang Huang Lin Wu Cho \
Chang Tanaka Suzuki Sato Yamamoto Watanabe Nakamura Ito Kobayashi Vo Dang Bui Hoang Santos Cruz Reyes Bautista Ocampo \
Zhao Zhou Xu Sun Ma Zhu Hu Guo";

pub(crate) const INDIAN: &str = "Patel Singh Shah Kumar Sharma Gupta Khan Reddy Desai Mehta Joshi Rao Nair Iyer Agarwal \
Chopra Malhotra Kapoor Banerjee Mukherjee Das Bose Ahmed Ali Hussain Rahman Malik Siddiqui Hassan Aziz al-Rashid \
Farouk Haddad Khoury Mansour";

pub(crate) const SLAVIC: &str = "Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański \
Woźniak Dąbrowski Petrov Ivanov Kuznetsov Sokolov Popov Shevchenko Kovalenko Bondarenko Horvat Petrović Jovanović \
Nikolić Novák Svoboda Dvořák Černý Procházka Kučera Veselý";
