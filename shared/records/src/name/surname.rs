//! Family names that tell how a name is built.

use crate::lookup::Words;

/// Common family names of Spain, Portugal and Latin America that are hardly given names, folded; besides those
/// in -ez.
static IBERIAN: Words = Words::new(
    "
abreu acosta aguiar aguilar aguilera almeida alves amaral andrade anjos antunes aparicio aranda araujo arellano
arias arroyo assis avila azevedo baptista barbosa barrera barros batista bautista beltran bernal bezerra bittencourt
blanco borges bravo brito caballero cabral cabrera calderon calvo camacho camargo campos cardenas cardoso carmona
carrasco carrillo carvalho casado castillo castro cavalcante cavalcanti cervantes chaves cisneros coelho contreras
cordero cordova correa correia cortes costa crespo cruz cuevas cunha dantas davila delgado dias diaz domingues
duarte duran escobar escudero esparza espinal espinosa espinoza esteves estrada exposito faria farias fernandes
ferreira ferrer figueiredo figueroa flores fonseca freitas fuentes galan gallardo gallego galvan garcia garrido
gomes goncalves gouveia granados guerra guerreiro guerrero guimaraes guzman henriques heredia herrera herrero
hidalgo ibarra iglesias izquierdo jurado lara leite lima lopes lourenco lozano lugo luque macedo machado macias
magalhaes maldonado marques martins mateos matos medeiros medina meireles melo mendes mendoza merino mesquita meza
miranda molina monteiro montero montes montoya moraes morais morales moreira moreno mota moura moya muniz munoz
murillo nascimento nava navarro neves nieto nogueira nunes ochoa oliveira orozco ortega ortiz osorio otero pacheco
padilla paiva palacios pardo paredes parra peixoto pena peralta pereira pessoa pimentel pinheiro pinho pinto pires
ponce prieto queiroz quintero quiroga ramos rangel raposo redondo rego reis resende reyes rezende ribeiro rios rivas
rivera rivero robles rocha rodrigues rojas roldan romero rosales rosas rubio ruiz saez salazar saldana salgado
salinas sampaio sandoval santana santos sanz saraiva segura sepulveda serna serrano sierra silva simoes siqueira
soares solano soler solis soriano sosa soto sousa souza tapia tavares teixeira torres tovar trejo trevino trujillo
urena uribe valencia valenzuela valero valladares varela vargas vasconcelos vaz vega velasco vera viana vieira vila
villa villanueva villar villarreal villegas ybarra zamora zapata zarate zavala zepeda zuniga
",
);

const VIETNAMESE: [&str; 13] = [
    "Bùi", "Dương", "Hoàng", "Huỳnh", "Lê", "Nguyễn", "Ngô", "Phan", "Phạm", "Trương", "Trần",
    "Đặng", "Đỗ",
];

/// Is the folded word a family name of those who bear two?
pub(super) fn is_iberian(key: &str) -> bool {
    IBERIAN.contains(key) || (key.len() > 4 && key.ends_with("ez"))
}

/// With its marks, which only the Vietnamese write; they put it first.
pub(super) fn is_vietnamese(word: &str) -> bool {
    VIETNAMESE.contains(&word)
}
