//! Given names, as keys (see [`crate::name::NameKeys`]), other than those in the table of nicknames.
//!
//! Source: US Census Bureau, 1990, "Frequently Occurring Names" (public domain), without the names that are family names
//! more than three times as often; and common given names of other countries, from general knowledge.

use crate::lookup::Words;

pub(super) static NAMES: Words = Words::new(
    "
abbey abdul abel abhay abram ada adah adalberto adaline adan adela adelaida adele adelia adelina adeline adell adella adelle
adena adina adolfo adolph adria adriane adrianna adrianne adrien adriene adrienne afton agatha agnese agnus agripina agueda
agustin agustina ahmad ahmed ai aida aide aiden aiko aileen ailene aimee aisha aja ajay akiko akilah akira akshay alain alaina
alaine alan alana alane alanna alayna alba alberta albertha albertina albertine albin albina alda alden aldis aldo alease alecia
aleen aleida aleisha alejandrina alena alene alesha aleshia alesia alessandra alessandro aleta aletha alethea alethia alexa
alexia alfonzo alfreda alfredia alfredo alia alica alicia alida alina aline alisa alise alisha alishia alisia alissa alistair
alita aliza alla allan alleen allegra allen allena allene alline allyn allyson alma almeda almeta alona alonso alonzo alpha
alphonse alphonso alta altagracia altha althea alton alva alvaro alvera alverta alvin alvina alyce alycia alysa alyse alysha
alysia alyson alyssa amada amado amal amalia amber amberly ambrose amee amelie america ami amie amiee amina amira amit ammie
amos amparo amrita an anabel analisa anamaria anastacia andera andra andree andrej andres andria ane anette angel angele
angelena angeles angelia angelic angelika angeline angelique angelita angella angelo angelyn angila angla angle anglea angus anh
anibal anika anil anisa anisha anissa anita anitra aniyah anja anjali anjanette anjelica anke ankit ankita annabel annabell
annabelle annalee annalisa annamae annamaria annamarie anneke annelle annemarie annett annetta annice annis annita annmarie anny
antione antionette antoinette antone antonetta antonette antonietta antonina antony antwan anu aoife apolonia april apryl ara
araceli aracelis aracely arcelia ardath ardelia ardell ardella ardelle arden ardis ardith aretha argelia argentina ari ariana
ariane arianna arianne arica arie ariel arielle arjun arla arlean arleen arlen arlena arlene arletha arletta arlette arlie
arlinda arline arlyne armand armanda armandina armando armida arminda arnaud arne arnetta arnette arnita arnoldo arnulfo aroha
aron arron artur arun arvilla arya asa asha ashanti ashely ashlea ashlee ashleigh ashley ashli ashlie ashly ashlyn ashton asley
assunta asuncion athena aubrey audra audrea audria audrie audry augusta augustin augustina augustine aundrea aura aurea aurelia
aurelio aurora aurore austin autumn ava avelina avery avis avril awilda axel ayako ayana ayanna ayden ayesha azalee azucena
azzie babara babette bambi bao barabara barbar barbera barbra bari barney barrie barry basil basilia beata beatris beau beaulah
bebe becki beckie belen belia belkis belva benita benito bennie berenice berna bernadine bernarda bernardina bernardine bernardo
berneice bernetta bernice berniece bernita bertha bertram beryl bethanie bethann bethany bethel betsey bette bettie bettyann
bettye beula beulah beverlee beverley bianca bibi billi billie billye birdie birgit birgitta bjarne bjorn blaine blair blake
blanca blanch blanche blondell blossom blythe bo bobbi bobbye bobette bok bong bonita bonnie bonny booker boris boyce bradly
brady brain branda brande brandee branden brandi brandie brandy brant brayden breana breann breanna breanne bree brendan brendon
brenna brent brenton bret brett briana brianna brianne brice bridgett bridgette brigette brigid brigida brinda brit britany
britney britni britt britta brittaney brittani brittanie brittany britteny brittney brittni brittny brock broderick bronwyn
brook brooke bruce bruna brunilda bruno bryanna bryce bryn brynn bryon bud buddy buena buffy buford bula bulah bunny burl burma
burt buster byron caden caitlin caitlyn calandra caleb calista callie callum calum camelia camellia cami camie camila camille
cammie cammy candace candance candelaria candi candice candida candie candis candra candy candyce caprice cara caren carey cari
caridad carie carin carina carisa carissa carita carl carla carlee carleen carlena carlene carletta carley carli carlie carline
carlita carlo carlota carlotta carlton carly carlyn carma carman carmel carmela carmelia carmelina carmelita carmella carmelo
carmina carmine carmon carola carolann carole carolee carolin caroll carolyne carolynn caron caroyln carri carrol carroll carry
carson cary caryl carylon caryn casandra casey casie casimira cassaundra cassey cassi cassidy cassondra cassy catalina catarina
caterina catharine catherin catherina cathern catheryn cathey cathi cathleen cathrine cathryn catina catrice catrina cayden
cayla cecelia cecil cecila cecile cecille cecily cedric cedrick celena celesta celeste celestina celestine celina celinda celine
celsa ceola cesar chad chadwick chae chana chance chanda chandra chanel chanell chanelle chang chantal chantay chante chantel
chantell chantelle chara charan charis charise charissa charisse charita charity charla charleen charlena charlene charlesetta
charlette charline charlott charlsie charlyn charmain charmaine charolette chase chasidy chasity chassidy chastity chau chauncey
chaya chelsey chelsie cher chere cheree cherelle cheri cherie cherilyn cherise cherish cherly cherlyn cherri cherrie cherry
cherryl chery cheryl cheryle cheryll cheyenne chi chia chiara chieko china ching chiquita chloe chong christa christal christeen
christen christena christene christi christia christiana christin christinia christoper chrystal chun chung ciara ciaran cicely
ciera cierra cinda cinderella cindi cindie cinthia cira ciro clair claretha claretta claribel clarice clarinda clarine claris
clarisa clarissa clarita classie claud claude claudette claudie claudine claudio clay clayton clelia clemencia clement clemente
clementina clementine clemmie cleo cleopatra cleora cleotilde cleta cletus cleveland clive clora clorinda clotilde clyde codi
cody colby coleen colene coletta colette colin colleen collen collene collette collin colton columbus conception concetta conor
conrad consuela contessa cora coral coralee coralie corazon cordelia cordell cordia cordie coreen corene coretta corey cori
corie corina corine corinna corinne corliss cornell corrie corrin corrina corrine corrinne cortney coy craig creola criselda
crissy crista cristal cristen cristi cristian cristie cristin cristine cristobal cristopher cristy crysta crystal crystle cuc
curt curtis cyndy cyril cyrstal cyrus cythia dacia dagmar dagny dahlia daina daine daisey dakota dale dalene dalia dalila dallas
dalton damaris damian damien damion damon dana danae dane danelle danette dania danial danica daniele daniell daniella danika
danila danille danilo danita dann danna dannette dannie dannielle dante danuta danyel danyell danyelle daphine daphne dara
darcel darcey darci darcie darcy darek darell daren daria darian darin dario darius darla darleen darlena darlene darline
darnell daron darrel darrell darren darrick darrin darron darryl darwin daryl davida davide davina dawn dawna dawne dayle dayna
daysi deadra dean deana deandra deandre deandrea deane deangelo deann deanna deanne debbi debbra debera debi debora debrah
debroah declan dede dedra deeann deeanna deedee deedra deepa deepak deetta deidra deidre deirdre deja del delaine delana delbert
delcie delena delfina delia delicia delila delilah delinda delisa dell della delma delmar delmer delmy delois deloise delora
deloras deloris delorse delpha delphia delphine delroy delsie delta demarcus demetra demetria demetrice demetrius demi dena
denae deneen denese denice denis denisha denisse denita denna dennise denver denyse deon deonna derek derick derrick deshawn
desirae desire desiree desmond despina dessie destiny detra devin devon devona devora devorah dewayne dewey dewitt dexter dia
dian diann dianna dianne diedra diedre diego dierdre dietmar digna dilan dillon dimple dina dinah dinesh dino dinorah dion dione
dionna dionne divina divya dixie diya dodie dollie doloris domenic domenica dominga domingo dominica dominick dominque domitila
domonique dona donella donetta donette dong donita donn donnell donnetta donnette donovan donte donya dorathy dorcas doreatha
doreen dorene doretha dorethea doretta dori doria dorian dorie dorinda dorine doris dorla dorota dorotha dorothee dorris dortha
dorthea dorthey dorthy dotty douglass dovie doyle dreama drema drucilla drusilla duane dudley dulce dulcie dung dusti dustin
dusty dwain dwana dwayne dwight dyan dylan earl earle earlean earleen earlene earlie earline earnest earnestine eartha easter
eboni ebonie ebony echo eckhard eda edda edelmira eden edgar edgardo edison edmond edmundo edna edra edris eduard edwardo edwina
edyth edythe effie efrain efren ehtel eileen eilene eladia elaina elaine elana elane elanor elayne elba elbert elda elden eldon
eldora eldridge eleanora eleanore elease elene eleni elenor elenora elenore eleonor eleonora eleonore elfreda elfrieda elfriede
eli elia eliana elias elicia elida elidia elijah elin elina elinor elinore eliot elisa eliseo elisha elissa eliz elizabet
elizbeth elizebeth elke ellamae ellan ellena elliot ellsworth elly ellyn elma elmer elmira elmo elna elnora elodia elois eloisa
eloise elouise eloy elroy elsa else elsie elsy elton elva elvera elvia elvie elvin elvina elvira elvis elwanda elwood elyse elza
ema emanuela emelda emelia emelina emeline emely emerald emerita emerson emery emiko emil emile emilee emilie emilio emine
emmaline emmanuel emmett emmitt emogene emory ena enda enedina eneida enid enoch enola enrico enriqueta eoin epifania era erasmo
erica erich erick ericka erik erin erinn erlene erlinda erline erma ermelinda erminia erna ernestina ernestine ernesto errol
ervin erwin eryn esme esmeralda esperanza esta esteban estefana estela estell estella estelle ester estrella etha ethel ethelene
ethelyn ethyl etsuko ettie eufemia eugena eugenie eugenio eula eulah eulalia eun euna eunice eura eusebia eusebio eustolia
evalyn evan evangelina evangeline evelia evelin evelina eveline evelyne evelynn everett everette everly evette evia evita evon
evonne ewan exie ezequiel ezra fabien fabio fabiola fabrice fae fairy faith fallon fang fannie farah farid farrah fatima fatimah
fatma fatoumata faustina faustino fausto faviola fawn fay faye fe fei felecia felica felice felicidad felicita felicitas
felicity felipa felipe felisa felisha felix felton ferenc fergus fermin fermina fern fernanda fernande ferne fidel fidela
fidelia filiberto filomena fiona flavia flavio fleta flor flora florance florencia florencio florene florentina florentino
floretta floria florida florinda florine florrie floy floyd fonda forest forrest france francene franchesca francina francoise
franklyn fransisca freda fredda frederica fredericka fredia fredric fredrick fredricka fredrik freeda freida freya frida frieda
fumiko gabriella gala gale galen gang garfield garland garnet garnett garret garrett garry garth gaston gavin gay gaye gayla
gayle gaylene gaylord gaynell gaynelle gearldine gema gemma gena genaro genesis geneva genevie genevive genia genna gennie genny
genoveva georgann georgeann georgeanna georgene georgetta georgette georgia georgiana georgiann georgianna georgianne georgina
georgine geraldo geralyn gerardo gerda germaine german gerri gertha gertrudis gertude ghislaine gia gianna gidget gilberte
gilberto gilda gillian gilma ginette giorgio giovanna gisela gisele giselle gita giulia giulio gladis glady gladys glayds glen
glenda glendora glenn glenna glennie glennis glinda glory glynda glynis golda goldie gonzalo goran gracia graciela grady graeme
graig grant granville grayce grazyna gregoria gregorio gretta gricelda grisel griselda grover gudrun guillermina gunnar gurpreet
gussie gustav gustavo guy gwenda gwenn gwyn gwyneth ha hae hai hailey hakan haley halina halley hallie hamid hana hang hanh hao
harald hari harjit harlan harland harley harmony harpreet harriett harriette hartmut haruka haruki haruto hasan hassan hassie
haydee hayley haywood hazel heath heather hector hedwig hedy hee heidy heike heiko heinke helaine helga helge hellen hendrika
henriette henrik heriberto herlinda herma herman hermelinda hermila hermina hermine herminia herschel hershel herta hertha hiedi
hien hilaria hilario hilary hildegarde hildred hillary hilma hilton hipolito hiram hiro hiroko hisako hoa hobert holger holli
hollie hollis holly homer honey hong hope horace horacio hortencia hortense hortensia hosea hoyt hsiu hua huda hue huey hui
hulda humberto hung huong hussein hwa hyacinth hye hyman hyo hyon hyun ida idalia idell idella iesha ignacia ila ilana ilda
ileana ileen ilene ilia iliana ilka illa ilona iluminada ima imelda imogen imogene imran in ina india indira inell ines inez
inger ingrid inocencia iola iona ione iraida irena iris irish irma irmgard irvin irving irwin iryna isabell isadora isaiah
isaias isaura isela isiah isidra isidro isis isla ismael isobel isreal issac iva ivana ivanka ivelisse ivette ivo ivonne ivory
ivy iwona izetta izola ja jacalyn jacelyn jacinda jacinta jacinto jackeline jackelyn jacki jacklyn jackqueline jaclyn jacqualine
jacque jacquelin jacquelyn jacquelyne jacquelynn jacques jacquetta jacquie jacquiline jacquline jacqulyn jada jade jaden jadwiga
jae jaiden jaime jaimee jaimie jaleesa jalisa jama jamaal jamal jamar jame jamee jamel jamey jami jamika jamil jamila jamison
jammie jana janae janay janean janee janeen janel janell janella janelle janene janessa janeth janett janetta janette jani
janiece janina janine janis janise janita jann janna jannet jannette january janusz janyce jaqueline jaquelyn jared jarek jarod
jaroslav jarred jarrett jarrod jarvis jasmin jasper jaspreet jaunita jaxon jayden jaye jaylen jaylin jayme jaymie jayna jayne
jayson jazmin jazmine jc jeana jeane jeanelle jeanene jeanett jeanetta jeanice jeanine jeanmarie jeanna jeanne jeannetta
jeannine jed jefferey jefferson jeffie jeffry jena jenae jene jenee jenell jenelle jenette jeneva jeni jenice jenifer jeniffer
jenine jenise jenna jennefer jennell jennette jennie jenniffer jennine jens jerald jeraldine jeramy jere jeremias jeri jerica
jerilyn jerlene jermaine jerold jeromy jerrell jerri jerrica jerrie jerrod jerrold jesenia jesica jesse jessenia jessi jessia
jessika jestine jesusa jesusita jetta jettie jewel jewell ji jiang jihoon jihyun jillian jimena jimmie jin jina jing jinny jisoo
jiwoo jiya joana joane joannie joaquina job jocelyn jodee jodi jodie jody joeann joel joella joelle joellen joesph joetta joette
johana johanne johna johnathan johnathon johnetta johnette johnie johnna johnsie joi joie jolanda joleen jolene jolie joline
jolyn jolynn jona jonah jonathon jone jonell jonelle jong jonie jonna jonnie jordan jordi jordon joris jory josefina josefine
joselyn josephina josette josiah joslyn jospeh josphine josue jovan jovita joya joycelyn joye judie judson juergen julee julene
juli juliane juliann julianna julianne julieann julien julienne juliet julieta julietta juliette julio julissa jun june jung
junie junior junita junko justa justina justine jutta ka kacey kaci kacie kacy kaden kai kaiden kaila kaitlin kaitlyn kala
kaleigh kaley kali kallie kalyn kam kamal kamala kami kamil kamilah kandace kandi kandice kandis kandra kandy kanesha kanisha
kara karan kareem kareen karena karey karie karim karima karina karine karisa karissa karla karleen karlene karlo karly karlyn
karma karmen karol karola karole karolina karolyn karon karren karri karrie karry karsten kary karyl karyn kasandra kasey kasha
kasi kasie kaspar kassandra kassie katarina katelin katelyn katelynn katerine kateryna kathaleen katharyn katheleen katherin
katherina kathern katheryn kathey kathlene kathline kathlyn kathrine kathryne kathyrn katia katina katlyn katrice kattie kavita
kavya kaya kayce kaycee kayden kaye kaylee kayleen kayleigh kaylen kaylene kaylin kazuko kecia keeley keely keena keenan keesha
keiko keila keira keisha keith keitha keli kelle kellee kelley kelli kellie kelly kellye kelsey kelsi kelsie kelvin kemberly
kena kenda kendal kendall kendra kendrick keneth kenia kenisha kenji kenna kennith kent kenta kenton kenya kenyatta kenyetta
kera keren keri kermit kerri kerrie kerry kesha keshia keturah keva keven khadijah khaled khalid khalilah kia kian kiana kiara
kiera kieran kiersten kiesha kieth kiley kimber kimberely kimberlee kimberli kimberlie kimbery kimbra kimi kimiko kina kindra
kip kira kiran kirby kirk kirsten kirstie kirstin kirsty kisha kittie kiyoko kizzie kizzy klara klemens knut korey kori kortney
kory kourtney kraig krishna krissy krista kristal kristan kristeen kristel kristi kristian kristie kristle kristofer kristyn
krysta krystal krysten krystin krystina krystle krystyna kum kurtis kyla kyle kylee kylie kym kymberly kyoko kyong kyra kyung
lacey lachelle laci lacie lacresha lacy ladawn ladislav ladonna lady lael lahoma lai laila laine lajuana lakeesha lakeisha
lakendra lakenya lakesha lakeshia lakia lakiesha lakisha lakita lala lalit lamar lamonica lamont lan lance landon lanell lanelle
lanette lani lanita lannie lanny lanora laquanda laquita lara larae laraine laree larhonda larisa larissa larita laronda
larraine lars larue lasandra lashanda lashandra lashaun lashaunda lashawn lashawna lashawnda lashay lashell lashon lashonda
lashunda lasonya lasse latanya latarsha latasha latashia latesha latia laticia latina latisha latonia latonya latoria latosha
latoya latoyia latrice latricia latrina latrisha launa lauralee lauran laure laureen laurel laurena laurene lauretta laurette
lauri laurice laurinda laurine lauryn lavada lavelle lavenia lavera lavern laverna laverne laveta lavette lavina lavinia lavon
lavona lavonda lavone lavonia lavonna lavonne lawana lawanda lawanna lawerence layla lazaro lea lean leana leander leandra
leandro leann leanna leanne leanora leatha leatrice lecia leda leeann leeanna leeanne leena leesa lei leia leida leif leigh
leigha leighann leila leilani leisa leisha lekha lekisha lela lelah leland lelia lemuel lenard lenita lenna lennart lennie
lenora leola leoma leon leona leonarda leone leonel leonia leonida leonie leonila leonor leonora leonore leontine leopoldo leora
leota lera lesa lesha lesia leslee lesley lesli lessie lester leta letha letisha letitia lettie letty levi lezlie li liana liane
lianne libbie liberty librada lida lidia lien lieselotte ligia lila lili lilia lilian liliana lilla lillia lilliam lilliana
lillie lincoln lindsey lindsy linette ling linh linnea linnie lino linsey linus linwood lionel lisabeth lisandra lisette lisha
lissette lita livia lizabeth lizbeth lizeth lizette lizzette lloyd loan logan loida lois loise lolita loma lon lona londa loni
lonna lonnie lonny lora loraine loralee lorean loree loreen lorelei loren lorena lorene lorenza loreta loretta lorette loria
loriann lorie lorilee lorina lorinda lorine loris lorita lorna lorretta lorri lorriane lorrie lorrine lory louann louanne
louella louetta louisa loura lourdes lourie louvenia lovella lovetta lovie lowell loyce loyd luana luann luanna luanne luba luca
lucian luciana luciano lucie lucien lucienne lucila lucile lucilla lucina lucio lucius lucrecia lucretia ludie ludivina lue
luella luetta luise lula lura lurlene lurline luther luvenia luz lyda lydia lyla lyle lyman lynda lyndia lyndon lyndsay lyndsey
lynell lynelle lynetta lynette lynna lynne lynnette lynsey lynwood ma mabel mabelle mable machelle macie mack macy madalene
madaline madalyn maddison madelaine madelene madelyn madie madlyn madonna mae maegan mafalda magali magaly magan magaret
magdalen magdalene magen magnolia magnus mahalia mahesh mai maia maida maike maile maira maire maisha maisie maja major majorie
makeda malcolm malcom malena malia malik malika malin malina malinda malisa malissa malka mallie mallory malorie malte malvina
mammie man mana manda mandi mandie manie manjit manoj manpreet manual many mao maple mara maragaret maragret maranda marcela
marcelene marcelina marceline marcelino marcell marcella marcelle marcello marcellus marcelo marcene marchelle marci marcia
marcie marco marcos marcy mardell maren marg margareta margarett margaretta margarette margarida margarite margarito margart
margene margeret margert margery marget margherita margit margo margorie margrett marguerita marguerite margurite margy marhta
mari mariah mariam marian mariana marianela mariann marianna mariano maribel maribeth marica maricela maricruz mariel mariela
mariella marielle marietta mariette marika mariko marilee marilou marilynn marina marinda marine mario maris marisa marisela
marisha marisol marissa marita maritza marius marivel marjory marketta markita marlana marleen marlen marlena marlin marline
marlis marlo marlon marlyn marlys marna marni marnie marquerite marquetta marquis marquita marquitta marry marsha marshall marta
marth martine marva marvel marvella marvin marvis marya maryalice maryam maryann maryanna maryanne marybelle marybeth maryellen
maryetta maryjane maryjo maryland marylee marylin maryln marylou marylouise marylyn marylynn maryrose masako mat mateus matha
matheus mathilda mathilde matilde maud maude maudie maura mauricio maurine maurita mauro mavis maxie maxima maxime maximina
maximo maxine maya maybell maybelle maye mayme maynard mayola mayra mazie mckinley meagan meaghan mechelle meda mee meggan megha
meghan meghann mehmet mei melaine melani melania melany melba melda melia melida melina melisa melissia melita mellie mellisa
mellissa melodee melodi melodie melody melonie melony melva melvin melvina melynda mendy mercy meri merideth meridith merilyn
merissa merle merlene merlin merlyn merna merri merrie merrilee merrill mertie mervin meryl meta mette mi mica micaela micah
michaele michale micheal michel michela michelina micheline michell michiko micki mickie miesha migdalia mignon miguelina mika
mikael mikaela mikel mikki milagro milagros milan milda milena miles milford milissa millard millicent milly milo milton min
minda mindi minerva ming minh minjun minjung minna minseo minta miquel mira miranda mireille mirek mirella mireya mirian mirko
mirna mirta mirtha miss misti mistie misty mitchel mitsue mitsuko mittie mitzie miyoko modesta modesto mohan mohit moira moises
mollie mona monet monica monika monique monnie monroe monserrate monte monty morgan moriah mose moshe mozell mozella mozelle mui
muna muoi muriel mustafa my myesha myles myong myra myriam myrl myrle myrna myron myrta myrtice myrtie myrtis myrtle myung na
nabil nada nadene nadine nadja naida nakesha nakia nakisha nakita nam namita nana nancee nancey nanci nancie nanette nannette
nannie naoma naomi napoleon narcisa naresh natacha natashia nathalia nathalie nathanael nathanial natisha natividad natosha
navya neal necole neda nedra neha neida nelda nelia nelida nelle nelson nena nenita neoma neomi nereida nerissa nery nestor neta
neva nevada neville nga ngan ngoc nguyet nia niamh nichelle nichol nichole nicholle nicki nickie nicklas nickolas nickole nicol
nicolasa nicoletta nicolette nicolle nida nidia niesha nigel nikhil niki nikia nikita niklas nikole nila nilda nils nilsa nina
ninette ninfa ning nisha nita noah nobuko noe noel noelia noella noelle nohemi nola nolan noma nona noor norah norberto noreen
norene noriko norine normand nova novella nu nubia numbers nya nydia nyla obdulia ocie octavia octavio oda odelia odell odessa
odette odilia odis ofelia ok oksana olaf ole oleh olen olena olene oleta olevia oli olimpia olin olinda oliva olive olympia oma
omar omega omer ona oneida onie onita opal ophelia ora oralee oralia oran oren oretha oriana orla orlando orpha orval orville
osman ossie osvaldo oswaldo otelia otha otilia otis ottilie ouida owain owen ozell ozella ozie pa pablo paige palma palmira
pamala pamelia pamella pamila pamula pandora pansy paola paris parthenia particia pascal pascale pasquale pasty patience patria
patrica patrice patricio patrik patrina pattie paulene pauletta paulette paulita paulo pawel pearl pearle pearlene pearlie
pearline pearly peggie pei penney penni pennie perla perry petra petrina petronila phebe philippe phillis philomena phoebe phung
phuong phylicia phylis phyliss phyllis pia piedad pier pierre ping pinkie pok pooja porfirio porsche porsha portia poul pradeep
prakash precious preston pricilla princess prisca priscila priya providencia prudence pura qiana qiang queen queenie quentin
quiana quincy quintin quinton quyen rachael rachal racheal rachele rachell rachelle racquel raeann raelene rafaela rafe raffaela
raffaele raguel rahul raina rainer raisa raja rajan rajat rajeev rajesh rajiv raju rakesh raleigh ralf ramesh ramiro ramona
ramonita rana ranae randa randal randee randell randi ranee rani ranjan ranjit raquel rashad rasheeda rashid rashida rasmus raul
raven ravi raye rayford raylene raymon raymonde raymundo rayna reanna reatha reba rebbeca rebbecca rebeca rebecka rebekah reda
reena refugia refugio regan regena regenia regine reginia rehan reiko reina reinaldo reiner reinhold reita rekha rema remedios
remona renae renaldo renata renato renay renda renea renee renetta renita renna ressie reta retha retta reuben reva rex rey
reyna reynalda reynaldo rhea rheba rhett rhiannon rhoda rhona rhonda rhys ricarda riccarda riccardo richelle rickey rickie
rigoberto rikki rima rina risa ritesh riva rivka riya robbi robbin robbyn robena robin robt robyn rocco rochel rochell rochelle
rocio rocky rodger rodrick rogelio rohan rohit rolanda rolande rolando rolland roma romaine roman romana romelia romeo romina
romona rona ronan ronda rong ronja ronna ronni roosevelt rory rosalba rosalee rosalia rosalina rosalinda rosaline rosalva
rosalyn rosamaria rosamond rosana rosann rosanna rosanne rosaria rosaura roscoe roseann roseanna roseanne roselee roselia
roseline rosella roselle roselyn rosena rosenda rosendo rosetta rosette rosia rosina rosio roslyn ross rossana rossie rosy
rowena roxana roxane roxann roxanna roxie royal royce rozanne rozella ruben rubi rubie rubin ruby rubye rueben ruediger rufina
rufus rui russel rutha ruthann ruthanne ruthe ryan ryann sabina sabine sabra sabrina sacha sachiko sade sadye salena salina
salley sallie salma salman salome samara samatha samella sami samir samira sammie samual sana sanda sandee sandeep sandi sandie
sandrine sandro sanford sang sanjay sanjeev sanjit sanjiv sanjuana sanjuanita sanora santa santina santo santos sarai saran sari
sarina sarita saskia saturnina sau saul saundra savanna savannah savita scarlet scarlett scot scott scottie scotty sean season
sebrina see seema selena selene selim selina selma sena senaida seojun seoyeon september serafina serena serina serita seth
setsuko sha shad shae shaina shakia shakira shakita shala shalanda shalon shalonda shameka shamika shan shana shanae shanda
shandi shandra shane shaneka shanel shanell shanelle shani shanice shanika shaniqua shanita shanna shannan shannon shanon shanta
shantae shantay shante shantel shantell shantelle shanti shaquana shaquita shara sharan sharda sharee sharell sharen sharice
sharie sharika sharilyn sharita sharla sharleen sharlene sharmaine sharolyn sharonda sharri sharron sharyl sharyn shasta shaun
shauna shaunda shaunna shaunta shaunte shavon shavonda shavonne shawana shawanda shawanna shawn shawna shawnda shawnee shawnna
shawnta shay shayla shayna shayne sheba sheena sheila sheilah shela shelba shelby sheldon shelia shella shelley shelli shellie
shemeka shemika shena shenika shenita shenna shera sheree sherell sheri sherice sherie sherika sherill sherilyn sherise sherita
sherlene sherley sherly sherlyn sherman sheron sherrell sherri sherrie sherril sherrill sherron sherry sherryl sherwood shery
sheryl sheryll shiela shila shiloh shira shirely shirlee shirleen shirlene shirly shizue shizuko shon shona shonda shondra
shonna shonta shoshana shu shyla sia sian sibyl sienna sierra signe sigrid silas silke silvana silvio sima simeon simona simonne
sina sindy sinead siobhan sirena siri siu sixta siya sky skye skylar slyvia sneha so socorro soeren sofie soila solange soledad
solveig somer sommer son sona sondra song sonja sonny soo sook soon soraya soren sparkle spencer spring stacee staci stacia
stacie stanford star starla starr stasia stefani stefania stefany steffanie stella sten stepanie stephaine stephan stephane
stephani stephania stephany stephenie stephine stephnie sterling stig stormy su suanne sudie sueann suellen suk suki sulema
sumiko sumit summer sun sunday sung sunil sunita sunni sunny sunshine suresh susann susannah susy suzan suzann suzanna suzette
suzi svante sven svenja swen sybil sybille syble sydney sylvain sylvie synthia syreeta ta tabatha tabetha tai taina taisha taj
tajuana takako takisha talisha talitha tama tamala tamar tamatha tambra tameika tameka tamekia tamela tamera tamesha tami tamica
tamie tamika tamiko tamisha tammara tammera tammi tammie tamra tamsin tana tandra tandy taneka tanesha tangela tanika tanisha
tanja tanna tara tarah tarek taren tari tariq tarra tarsha tarun taryn tasha tashia tashina tasia tatjana taunya tawana tawanda
tawanna tawna tawny tawnya tayna teena tegan teisha telma temeka temika tempie tena tenesha tenisha tennie tennille teodora
teodoro teofila tequila tera tereasa terese teresia teresita teressa terica terina terisa terra terrell terresa terri terrie
terrilyn tesha tessie thais thalia thanh thao theda thelma theola theresia theressa theron thersa thi thiago thierry thomasena
thomasina thomasine thora thorsten thresa thu thurman thuy tia tiana tianna tiara tien tiera tierra tiesha tifany tiffaney
tiffani tiffanie tiffiny tijuana tilda tillie timika tinisha tiny tisa tish tisha tito titus tobie toccara tod todd toi tomas
tomasa tomeka tomika tomiko tommie tommye tomoko tona tonda tonette toney tonie tonisha tonita tonja tonya tora torben torie
torri torrie torsten tory tosha toshia toshiko tova towanda toya tracee tracey traci tracie trang traudel treasa treena trena
trent trenton tresa tressa tressie treva trevor trey trinh trinidad trinity trisha trista troy trudie trula truman tu tuan tui
tula tuyet twana twanda twanna twila twyla ty tyesha tyisha tyler tynisha tyra tyree tyrell tyron tyrone tyson uday ulrika
ulysses uma un una usha uta ute uwe vada valarie valda valencia valene valentine valeri valeria valery vallie valorie valrie
vance vanda vanesa vanetta vania vanita vanna vannesa vannessa varun vashti vasiliki veda velda velia vella velma velva velvet
vena venessa venetta venice venita venkat vennie venus veola verda verdell verdie verena vergie verity verla verlene verlie
verline vern verna vernell vernetta vernia vernice vernie vernita vernon verona veronique versie vertie vesta veta vicenta
vickey vickie victoriano victorina vida vijay vikas viki vikki vikram vilhelm vilma vina vinay vincenza vinita vinod viola
violeta violetta violette virgen virgie virgil virgilio virgina vita vito viva vivan viviana vivien vivienne volker von voncile
vonda vonnie wade wai waldo waltraud wan waneta wanetta wanita wava waylon wayne wei weldon wen wendell wendi wendie wendolyn
wenona werner weston whitney wilber wilbert wilbur wilburn wilda wiley wilford wilfred wilfredo wilfried wilhelmine wilhemina
willa willard willena willene willetta willette willia willian williemae willis willodean willow wilma wilmer wilton windy
winford winfred winnifred winona wm wonda woodrow wynell wynona xenia xiang xiao xiomara xochitl xuan yadira yaeko yael yahaira
yajaira yan yana yanira yannick yara yasmin yasmine yasuko yee yen yer yesenia yessenia yetta yevette yi ying yoko yolande
yolando yolonda yon yong yoshie yoshiko youlanda yousef yu yuette yuk yuki yukiko yuko yulanda yulia yuliya yun yuna yung yuonne
yuriko yusuf yuta yuto yves yvette yvone yvonne zachery zackary zada zaida zainab zana zandra zane zara zelda zella zelma zena
zenaida zenia zenobia zetta zeynep zina zita zlata zoe zoila zola zoltan zona zonia zora zoraida zoya zula zulema zulma zuzana
",
);
