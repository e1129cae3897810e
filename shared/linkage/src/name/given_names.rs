//! Common given names of several languages, above all those with a neighbour one edit away. Two of them that differ are
//! two names, not one name and a typing error; and what is one error away from one of them is likely a typing error.

use std::collections::HashSet;
use std::sync::LazyLock;

static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| NAMES.split_ascii_whitespace().collect());

/// Is the key (lower-case ASCII) a common given name?
pub(crate) fn is_known(key: &str) -> bool {
    KNOWN.contains(key)
}

const NAMES: &str = "
aaron abdul abhay abigail ada adam adele adeline adrian adriana adrien agatha agnes agnese agnieszka ahmad ahmed aida
aiden aisha ajay akiko akira akshay al alain alan alana alba albert alberta albertina alberto albin alden aldis aldo
alec alejandra alejandro aleksander alessandra alessandro alex alexa alexander alexandra alexandre alexia alexis alfie
alfred alfredo ali alice alicia alina aline alisa alison alistair allan allen allison alma alonso alonzo alva alvaro
alvin alyssa amanda amber amelia amelie amina amira amit amos amrita amy ana anabel anastasia anders andre andrea
andreas andrei andrej andres andrew andrey andy ane angel angela angelica angelina angelo angus anika anil anita
aniyah anja anjali anke ankit ankita ann anna annabel annabelle anne anneke annette annie annika anny anthony antoine
antoinette anton antonia antonio anu anya aoife april archie ari ariana ariane arianna arjun arlene arnaud arne arnie
arnold aroha art arthur artur arturo arun arya asa asha asher ashley ashlyn astrid athena aubrey audrey august augusta
augustin aurora austin ava axel ayden bailey barb barbara barry beatrice beatriz beau becky belinda bella ben benito
benjamin bernadette bernard bernd bernice bernie bert bertha bertie bertram bess bessie beth betsy bettina betty
beverly bianca bill billy birgit birgitta bjarne bjorn blake blanca bob bobbie bobby bonnie boris boyd brad braden
bradley brady brandi brandon brandy braxton brayden brenda brendan brenna brennan brent bret brett brian briana
brianna brianne bridget brigitte brit britta brittany brooke bruce bruna bruno bryan bryce bryn bryson buddy burt
byron caden caitlin caleb callum calum calvin camila camille candace candy cara carina carl carla carlo carlos
carlotta carly carmela carmelo carmen carol carola carole carolin carolina caroline carolyn carrie carson carter cary
casey cass cassie catherine cathleen cathy cayden cecile cecilia cedric celeste celia celine cesar chad chan chandra
chantal charan charity charlene charles charlie charlotte chase chelsea chen cheryl chester chiara chip chloe chris
christa christian christiane christina christine christoph christopher christy ciara ciaran cindy ciro claire clara
clare clarence clark claude claudette claudia claudio clay clayton clemens clement cleo cleveland cliff clifford
clinton clive clyde cody cole colette colin colleen connie connor conor conrad cooper cora cordelia corey corina
corinna corinne cornelia cornelius cory craig cristian cristina cristobal cruz curt curtis cynthia cyril daisy dakota
dale dalia dalton damaris damian damien damon dan dana dane dani daniel daniela daniele daniella danielle danila danny
dante daphne darby darek daria darian darin darius darla darlene darrell darren darrin darryl daryl dave david davide
davina davis dawn dawson daxton dean deann deb debbie debora deborah debra declan deepa deepak delbert delia delilah
della delores delphine delroy demi dena denis denise dennis denver derek derrick deshawn desiree desmond devin devon
dexter diana diane dianne diego dieter dietmar dilan dillon dina dinesh dino dion dirk divya diya dmitri dmitry dolly
dolores dominic dominik dominique don donald dong donna donnie donny dora doreen dori dorian doris dorota dorothea
dorothee dorothy doug douglas drake drew duane dudley duke duncan dustin dwayne dwight dylan earl earnest easton
eckhard eda edda eddy eden edgar edith edmond edmund edmundo edna eduard eduardo edward edwin edwina effie eileen
elaine eldon eleanor elena eleni eli eliana elias elijah elina elinor eliot elisa elisabeth elise eliseo eliza
elizabeth elke ella elle ellen ellie elliot elliott ellis elma elmer eloise elsa else elsie elton elvin elvira elvis
elwood emanuel emanuela emery emiko emil emile emilia emilie emilio emily emine emma emmett emmy emory enid enrico
enrique enzo eoin eric erica erich erick erik erika erin erma ernest ernestine ernesto ernst erwin eryn esme esmeralda
esteban estelle esther ethan ethel etta eugene eugenia eugenie eunice eva evan eve evelin evelyn everett everly ewa
ewald ewan ezra fabian fabien fabio fabrice faith fang farah farid fatima fatma fatoumata fay faye federico fei felice
felicia felicity felipe felix ferdinand ferenc fergus fern fernanda fernando finn fiona flavia flavio flora florence
florian floyd forrest frances francesca francesco francine francis francisca francisco franco francois frank franz
fraser fred freda freddie freddy frederic frederick frederik fredrik freya frida frieda friedrich gabe gabriel
gabriela gabriele gabriella gabrielle gail galina gang garrett garry garth gary gaston gavin gay gemma gene geneva
genevieve geoffrey george georgia georgina gerald geraldine gerard gerardo gerda gerhard gerry gert gia gianna gil
gilbert gilberto gillian gina gino giorgio giovanna giovanni gisela gisele giulia giulio giuseppe gladys glen glenda
glenn gloria goran gordon grace gracie graciela graeme graham grant greg gregg gregor gregory greta gretchen guadalupe
guido guillaume guillermo gunnar gunter gunther gurpreet gus gustav gustavo guy gwen gwendolyn gwyneth hailey hakan
hal haley hamid hana hank hanna hannah hanne hannes hans hao harald hari harjit harlan harley harold harpreet harriet
harris harrison harry hartmut haruka haruki haruto harvey hasan hassan hattie hayden hazel heath heather hector hedwig
heidi heike heiko heiner heinke heinrich heinz helen helena helene helga helge helmut hendrik hendrika henri henriette
henrik henry herbert herman hermann herta hilary hilda hilde hilton hiram hiro holger holly homer hong hope horace
horst hortense howard hua hubert huda hugh hugo hui hussein ian ibrahim ida ignacio igor ike ilia ilka ilona ilse
imogen imran ina ines inga inge ingeborg ingrid ira irena irene irina iris irma irving irwin iryna isa isaac isabel
isabella isabelle isaiah isla ismael israel ivan ivana ivanka ivo ivonne ivy iwona jack jackie jackson jacob
jacqueline jacques jada jade jaden jaiden jaime jake jakob jamal james jamie jamil jan jana jane janelle janet janette
janice janina janine janis jann janusz jared jarek jaroslav jarred jasmin jasmine jason jasper jaspreet javier jaxon
jaxson jaxton jay jayden jaylen jaylin jayne jean jeanette jeanne jeannie jeff jefferson jeffrey jenna jennie jennifer
jenny jens jeremiah jeremias jeremy jeri jermaine jerome jerry jerzy jess jesse jessica jessie jessika jewel jiang
jihoon jihyun jill jillian jim jimena jimmy jin jing jisoo jiwoo jiya jo joachim joan joana joanna joanne joaquin job
jochen jodi jodie jody joe joel joelle joey johan johann johanna johannes john johnnie johnny jolene jolie jon jonah
jonas jonathan jordan jordi jorg jorge joris jory jose josef josefa josefina joseph josephine josh joshua josiah josie
josue joy joyce juan juana juanita judd jude judi judith judy juergen jule julia julian juliana juliane julie julien
juliet julietta julio julius jun june jurgen justin justina justine kaden kai kaiden kaitlin kaitlyn kamal kamil kara
karan karen karim karin karina karl karla karlo karol karola karolina karsten kaspar kasper katarina katarzyna kate
kateryna katharina katherina katherine kathi kathleen kathrin kathryn kathy kati katie katja katlyn katrin katrina
katy kavita kavya kay kaya kayden kaye kayla kaylee kaylen kaylin keiko keira keisha keith kelli kelly kelsey kelvin
kendall kendra kenji kenneth kenny kent kenta kenya kermit kerry kerstin kevin khaled khalid kian kieran kim kimberley
kimberly kira kiran kirk kirsten kirsty kit klara klaus klemens knut konrad konstantin kris krista kristen kristian
kristin kristina kristine krystal kumar kurt kyle kylie kyra ladislav lalit lamar lana lance landon lara larissa larry
lars lasse latoya laura laurel lauren laurence laurent laurie laverne lavinia lawrence layla lea leah leander leandra
leandro leanne lee lei leif leigh leila lekha lela lena leni lennart lenny leo leon leona leonard leonardo leonie
leonora leopold leopoldo leroy les leslie lester leta levi lewis lex lia liam liana liang lida lidia lien lila lili
lilian liliana lilly lily lin lina linda lindsay lindsey ling lino linus lionel lisa lisbeth lise liv liz lloyd logan
lois lola lonnie lora loren lorena lorene lorenz lorenza lorenzo loretta lori lorie lorna lorraine lothar lou louis
louisa louise luann luca lucas luce lucia lucian luciana luciano lucie lucien lucille lucinda lucio lucy ludwig luella
luigi luis luisa luise lukas luke lula luna lupe luther luz lydia lyle lyn lynda lynette lynn mabel mable mac mack
mackenzie maddison madeleine madeline madison mae magda magdalena maggie magnus mahesh mai maike maja malcolm
malgorzata malik malin malina malte mandy manfred manjit manoj manpreet manuel manuela mara marc marcel marcela
marcella marcello marcellus marcelo marcia marco marcos marcus marek maren margaret margarete margarida margarita
margery margie margit margo margot mari maria mariah mariam marian mariana marianna marianne mariano marie mariella
marika marilou marilyn marin marina mario marion marisa marisol marissa marita marius marjorie mark markus marla
marlene marlin marlis marlon marsha marta martha martin martina martine marvin mary maryam mason mat mateo mateus
matheus matilda matt matteo matthew matthias mattie maud maude maureen maurice mauro mavis max maxime maximilian
maxine maxwell maya meg megan megha mehmet mei mel melanie melba melina melinda melisa melissa melody melvin mercedes
meredith merle merlin mervin meryl mette mia micah michael michaela michaele michal michel michela michele michelle
mickey miguel mika mikael mike mikhail mila milan milena miles millard millie milly milo milton mina mindy ming minjun
minjung minna minnie minseo mira miranda mirek mirella miriam mirjam mirko misty mitchell moe mohamed mohammad
mohammed mohan mohit moira molly mona monica monika monique morgan moritz morris moses muhammad muhammed muna muriel
murray mustafa myles myra myriam myrtle nabil nada nadia nadine nadja namita nan nana nancy nanette nannie naomi
naresh nash natalia natalie natalya natasha nate nathalia nathalie nathan nathaniel navya neal neha neil nell nelly
nelson nena nettie neva newton nia niamh nicholas nick nicklas nicky nico nicola nicolas nicole nicoletta nigel nikhil
niki nikita niklas nikola nikolai nikolas nils nina ninette ning nisha nita noah noel noelle noemi nolan noor nora
norbert noreen norma norman nova nya octavia oda odessa oksana ola olaf ole oleg oleh olena olga oli olive oliver
olivia olivier ollie omar ora oran oren oriana orla orlando oscar oskar osman otis ottilie otto owain owen pablo paige
palmer pam pamela pansy paola paolo pascal pascale pat patrice patricia patricio patrick patrik patsy patti patty paul
paula paulette paulina pauline paulo pavel pawel paxton pearl pedro peggy penelope penny percy perla perry pete peter
petra petrus phil philip philipp philippa philippe philomena phoebe phyllis pia pier pierre pietro pilar ping piotr
polly pooja poul pradeep prakash preston prisca priscilla priya qiang quentin quincy rachel rae rafael rafaela rafe
raffaela raffaele rahul rainer raja rajan rajat rajeev rajesh rajiv raju rakesh ralf ralph ramesh ramiro ramon ramona
randal randall randolph randy rani ranjan ranjit raphael raquel rashid rasmus raul ravi ray raymond raymundo reba
rebeca rebecca reece reed reggie regina reginald regine rehan reid reiko reiner reinhard reinhold rekha renata renate
renato rene renee reuben rex reyna reynaldo rhea rhonda rhys ricarda ricardo riccarda riccardo richard rick rickey
rico rigoberto riley rita ritesh riya rob robb robbie robert roberta roberto robin robyn rocio rod roderick rodney
rodolfo rodrigo rogelio roger rohan rohit roland rolando rolf rolland roma roman romana romeo romina ron ronald ronan
rong ronja ronny roosevelt rory rosa rosalia rosalie rosalind rosalinda rosanna rosanne rosario roscoe rose rosemarie
rosemary rosie rosita roslyn ross rowan roxana roxanne roy ruben ruby rudolf rudy ruediger rufus rui rupert russ
russel russell ruth ryan ryder sabina sabine sabrina sadie sal sallie sally salma salman salome salvador salvatore sam
samantha sami samir samira sammy samuel sandeep sandra sandrine sandro sandy sanjay sanjeev sanjit sanjiv santiago
santos sara sarah sari sascha saskia saul saundra savannah savita scot scott sean sebastian selena selim selina selma
sena seojun seoyeon serena serge sergei sergey sergio seth shane shannon sharan shari sharon sharron shaun shauna
shawn shawna shea sheena sheila shelby sheldon shelia shelley shelly sherman sherri sherrie sherry sheryl shirley shu
sia sian sid sidney siegfried sienna sigrid silas silke silvana silvia silvio simeon simon simona simone sina sinead
siobhan siri siya sky skylar sneha soeren sofia sofie solveig sonia sonja sonya sophia sophie soren spencer stacey
stacy stan stanley stefan stefania stefanie stefano stella sten stephan stephane stephanie stephen sterling steve
steven stig stuart sue suki sumit sunil sunita suresh susan susana susann susanna susanne susie suzanna suzanne
suzette svante sven svenja svetlana swen sybil sybille sydney sylvain sylvester sylvia sylvie tabitha tad taj tamara
tamera tamika tammy tamsin tania tanja tanner tanya tara tarek tariq tarun taryn tasha tate tatiana tatjana tatyana
taylor ted teo terence teresa teresia terrance terrell terrence terri terry tess tessa thaddeus thais thea thelma theo
theodor theodora theodore theresa therese thiago thierry thomas thorsten tia tiffany tilda tillie tilman tim timmy
timothy tina tito tobi tobias toby todd tom tomas tomasz tomi tommie tommy tomoko tong toni tonia tony tonya torben
tori torsten tracey traci tracy traudel travis trevor trey tricia trina trisha tristan troy trudy tui tyler tyra
tyrone tyson uday ulrich ulrika ulrike uma una urban ursula uta ute uwe val valarie valentin valentina valentine
valeria valerie valerio van vance vanessa varun veda velia velma venkat vera verena verity vern verna vernice vernon
veronica veronika veronique vic vicente vicki vickie victor victoria victoriano vida vidal vijay vikas vikram viktor
viktoria vilhelm vilma vinay vince vincent vincenzo vinita vinod viola violet violetta virgil virginia vito vivian
viviana vivien vivienne vladimir volker wade waldemar walker wallace walt walter waltraud wanda wang ward warren
waylon wayne wei weldon wendell wendy werner wes wesley wilbert wilbur wilda wilfred wilfried wilhelm wilhelmina
wilhelmine will willa willard willem william willie willis willy wilma wilson wim winifred winston wolf wolfgang
woodrow wyatt xavier xiang yan yana yannick yara yasmin yasmine ying yoko yolanda yousef yuki yulia yuliya yun yuna
yuri yusuf yuta yuto yves yvette yvonne zach zachary zack zainab zane zara zeke zelda zelma zeynep zlata zoe zoltan
zoya zuzana
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_lower_case_ascii_without_repetition() {
        assert!(
            NAMES
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_whitespace())
        );
        assert_eq!(KNOWN.len(), NAMES.split_ascii_whitespace().count());
        assert!(is_known("frances") && is_known("francis") && !is_known("jenifer"));
    }
}
