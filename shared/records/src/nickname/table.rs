//! Formal given names and their short and pet forms, as keys (see [`crate::name::NameKeys`]): the root, then its forms;
//! names are parted by semicolons.
//! From general knowledge of usage in English, German, Dutch, the Nordic languages, French, Spanish, Portuguese, Italian,
//! Polish and Russian. A form may stand under several roots (alex, chris, pat).

pub(super) const ROOTS: &str = "\
aaron ron ronnie;abigail abby abbie abi gail;abraham abe bram;adalbert bert;adam ad;adelaide addie heidi;\
adelheid heidi heide;adrian ade;adriana adri;agnes aggie;agnieszka aga agusia;albert al bert bertie;\
alberto beto berto;aleksandr sasha sascha alex sanya;aleksandra ola ala;alejandro alex ale jandro;\
alejandra alex ale;aleksey alyosha lyosha;\
alexander alex al lex xander sandy sascha alec alexandre aleksander zander sander;\
alexandra alex lexi lexie sandra sandy sascha ali alix;alexandria alex lexi allie;alexis alex lexi;\
alfonso poncho;alfred al alf alfie fred freddie freddy;alice ali allie;alison ali allie ally;\
allison ali allie ally;amanda mandy amy;amelia amy millie mia;anastasia nastya ana stacy stacey;\
andreas andi andy anders andre;andrea andi andy drea;andrew andy drew;andrey andrei andrusha;\
angela angie ange angi;angelica angie;angelina angie lina;anna annie ann anne ania anya aneta anuschka annika;\
anneliese anne liese lise;annette annie nettie;anthony tony ant;antoine toine;antonella anto nella;\
antonia toni tonia;antonio tony toni toño tonio toninho nino;anton toni;archibald archie;arnold arnie;\
arthur art artie arturo;astrid assi;audrey audie;augustus gus augie;august gus augie gustl;\
barbara barb barbie babs babsi bärbel barbel basia;bartholomew bart;bartolomeo bart meo;bartosz bartek;\
beatrice bea trixie bee;beatrix bea trixi trixie;beatriz bea betty;belinda bel linda bindy;benedict ben benny;\
benedikt ben beni benni;benjamin ben benny benji benjy benni jamin;bernadette bernie;bernard bernie;\
bernhard bernd berni hardy;beverly bev;bradford brad;bradley brad;brandon bran;brenda bren;brian bryan;\
bridget biddy bridie;brigitte gitte gitta;calvin cal;cameron cam;camilla cam millie milla;\
carlos carlitos charlie;carmen carmencita;carol carrie;caroline carrie caro carol line lina;\
carolina caro lina caro;carolyn carrie lyn carol;cassandra cass cassie sandra;\
catherine cathy cath kate katie cat kathy kitty cate cathie;cecilia ceci cece celia;\
charles charlie chuck chas chaz charley chip;charlotte charlie lottie lotte char;chelsea chels;chester chet;\
christian chris christy;christiane chris christel;christina chris chrissy tina christie christy;\
christine chris chrissy tina christie christy;christopher chris kit topher christoph;christoph chris stoffel;\
clara clare claire;clarence clare;claudia claudi klaudia;clifford cliff;clifton cliff;clinton clint;\
concepcion concha conchita;consuelo chelo;constance connie;cornelia conny nelly lia;cornelis cor kees cees;\
cornelius neil connie cory;courtney court;cristina cris tina;cynthia cindy cyndi;daniel dan danny daan dani;\
daniela dani;danielle dani danny elle;david dave davey davy davi dave;deborah deb debbie debby debra;\
debra deb debbie;delores lola dee;denise dee denny;dennis denny den;diana di;diane di;dietrich dieter dirk;\
dmitry dima dmitri mitya dmitrii;dolores lola dolly;dominic dom nick;dominik dom;dominique dom;\
donald don donnie donny;donna dee;dorothea dora thea doro dorle;dorothy dot dottie dolly dory;douglas doug;\
duncan dunc;eberhard ebbe hardy;eduardo edu lalo;edward ed eddie ted teddy ned eddy;edmund ed eddie ned;\
edwin ed eddie;edith edie;egidio gidio;eleanor ellie nell nora elle lenore nellie;elena lena helen lenka;\
elisabeth lisa lisbeth elli betti elsbeth lilli sissi liesl elise liz beth bettina;\
elizabeth liz beth lizzie betty eliza libby bess lizzy bessie betsy lisa lisbeth elisabeth elise liza lilibet;\
ella ellie;ellen ellie nell;emanuel manny manu;emily em emmy emmie millie;emilia emi mila;emma em emmy;\
enrique quique kike;eric rick ricky;erika rika ricki;ernest ernie;ernst erni;esther essie hester;ethan eth;\
eugene gene;eugenia genie;eva evi ewa;evelyn eve evie;ezekiel zeke;fabian fabi;federico fede rico;\
felicia fel licia;ferdinand ferdi nando;fernando fer nando;florence flo flossie;florian flo;\
frances fran frannie francie fanny;francesca franca chicca cesca;francesco franco cesco checco;francine fran;\
francis frank fran frankie;francisca paca paquita;francisco paco pancho kiko curro cisco frank chico;\
frank frankie;franklin frank frankie;franz franzl;franziska franzi ziska;frederic fred freddie;\
frederick fred freddie freddy rick fritz;frederik freek rik frits;friedrich fritz fred friedl;\
gabriel gabe gaby gabi;gabriela gaby gabi gabe;gabriele gabi gaby;gabrielle gabby gaby elle;galina galya;\
gary gaz;genevieve gen viv eve;geoffrey geoff jeff;georg schorsch jörg jorg;george georgie geo;\
gerald gerry jerry;geraldine gerry geri deena;gerard gerry ger;gerhard gerd gert;\
gertrude gertie trudy trudi trude;gertrud trudi trude gerti;gilbert gil bert;giovanni gianni nanni vanni;\
giuseppe beppe peppe pino;giuseppina pina;gloria glo;gordon gordie;graham gra;grace gracie;gregory greg gregg;\
grigory grisha;guadalupe lupe lupita;guillaume gui;guillermo memo guille;gwendolyn gwen wendy;hannah hanna nan;\
hannelore hanne lore;harold harry hal;harriet hattie harry;harvey harv;heinrich heinz heiner henner;\
heinz heini;helen nell ellen lena nellie;helena lena helen;helene leni lena;helmut helmi;\
hendrik henk rik hendrikus;henrietta hettie etta;henri riri;henry hank harry hal;herbert herb bert herbie;\
hermann herm;hildegard hilde hilda;howard howie ward;hubert hugh bert hubi;hugo hugh;ian iain;ignacio nacho;\
igor gosha;ilse ilschen;ingeborg inge inga;irene renie rene;irina ira;isaac ike zac;isabel izzy bella isa bel;\
isabella izzy bella isa belle bel;isabelle izzy isa belle;israel izzy;ivan vanya;jackson jack;\
jacob jake jakob coby jay;jacobus jaap koos;jacqueline jackie jacqui jacky;jakob jockel kobi;\
james jim jimmy jamie jem jimbo;jan janek jasiek;jane janie jenny janey;janet jan jannie;janice jan;\
jasmine jaz jas;jason jay jace;javier javi;jean jeannie jeanie;jeanette jean nettie jan;jean-baptiste jb;\
jeannette jean nettie;jeffery jeff;jeffrey jeff;jennifer jen jenny jenn jenni;jeremiah jerry jem;\
jeremy jerry jem jez;jerome jerry;jerzy jurek;jessica jess jessie;jesus chuy chucho;jill jilly;\
joan joanie joni;joanna jo joann joanne asia joasia;joanne jo;joaquin quino;joachim jochen achim jo;\
johan jo joop;johanna hanna hanne jo;johannes hans hannes jo johann jan jannes joop;\
john johnny jack jon johnnie;jonas joni;jonathan jon jonny nathan johnny jonty;jorge coque jorgito;\
jose pepe chepe;josef sepp seppl jupp;josefa pepa pepita;joseph joe joey jo jos;josephine jo josie fifi;\
joshua josh;jozef jos joost jef;joyce joy;juan juancho juanito;juana juanita;judith judy jude judi;\
julia julie jule jules;julian jules jul;juliana jules;julie jules;julius jules;jürgen jurgen;justin jus;\
karen kari;karin kari;karl kalle charlie;karl-heinz kalle karlheinz;karoline caro karo line;\
katarzyna kasia kaska;katharina kathi kati katja käthe kathe trina kathrin katrin;\
katharine kate kathy katie kit kay;katherine kate kathy katie kit kay kat kitty kath katy kathie;\
kathleen kathy kate katie kath kay;kathryn kate kathy katie kay kath kat;katrina kat trina katie;\
kenneth ken kenny;kerstin kersti;kevin kev;kimberly kim kimmy;kimberley kim kimmy;klaus klausi;\
konrad conny kurt;konstantin kostya costa kosta;krzysztof krzys krzysiek;kristen kris kristy;\
kristin kris kristy;kristina kris tina kristy;kristine kris kristy tina;kristopher kris;laura laurie lori;\
lauren laurie lori;laurence larry laurie;lawrence larry lawrie law;leah lee;leonard leo len lenny;\
leonardo leo nardo;leonhard leo hartl;leopold leo poldi;leroy roy lee;leslie les lee;leticia lety;\
lewis lew lou;lillian lil lily lilly;linda lindy lyn;lindsay lin;lisa lis;lorenzo renzo lencho;\
lorraine lori rainey;lothar lolo;louis lou louie luis;louise lou lulu;lucas luke luc;lucia lucy luci;\
lucille lucy lu;lucinda lucy cindy;ludwig lutz wiggerl;luigi gigi gino;luis lucho luisito;luisa lulu;\
lukas luki luke;lynn lyn;lyudmila lyuda mila;mackenzie mac kenzie;madeleine maddie mad leni;\
madeline maddie maddy;magdalena magda lena leni;malgorzata gosia malgosia;manfred manni fred;\
manuel manolo manny manu lolo;manuela manu ela;marcel cel;marcus marc mark;\
margaret maggie meg peggy marge margie greta madge daisy mags rita peg margot gretchen megan;\
margarete grete gretchen gretel greta margret marga rita;margarita rita marga rita;\
maria mia mitzi marie mary ria mimi;maria-jose marijose pepa;maria-luisa marilu;maria-teresa maite mayte;\
marianne mary anne nanne janne;marie mia mimi;marilyn mary lyn;marion mary;marjorie marge margie;\
markus mark max;marlene leni marla;martha marty mattie patty;martin marty mart;martina tina marti;\
mary molly polly mamie may maria marie;mateusz mati;mathew matt matty;matilda tilly mattie till;matteo teo;\
matthew matt matty;matthias matti hias matze;maureen mo;maurice mo maury morris;maximilian max maxi;\
maxwell max;melanie mel lanie melly;melinda mel mindy;melissa mel missy lissa;mercedes merche;mercedez merche;\
meredith merry;michael mike mick mickey mikey micky michi mischa;michaela micha michi ela kayla;michal misiek;\
michele mimi shelly;michelle shelly chelle mich shell;miguel migue miki;mikhail misha mischa;mildred millie;\
miriam mimi mirjam;mitchell mitch;moritz mo;morris mo;moses mo;\
muhammad mohammed mohamed mohammad muhammed mohd md mo;nadezhda nadya nadia;nancy nan;\
natalia natasha talia nata;natalie nat tali;natalya natasha nata;nathan nate nat;nathaniel nate nat nathan;\
nicholas nick nicky nico klaus;nicola nicky nick;nicolas nico nick;nicole nicky nikki nic;nikola nik;\
nikolai kolya nick;nikolas niko nick klaus;nikolaus klaus niko nikki claus;noemi mimi;norbert bert;norma norm;\
norman norm;oleg olezhka;olga olya;oliver ollie olli;olivia liv livvy ollie;oscar ozzie;oskar ossi;\
oswald ozzie ossi;otto otti;pamela pam;paolo paolino;patricia pat patty trish tricia patsy patti pati;\
patrick pat paddy rick ricky;patrizia patty;paul paulie;paula pauline polly;paulina paula lina;pavel pasha;\
pedro perico;penelope penny;percival percy;peter pete petey pit;petronella nel;petrus piet;philip phil pip;\
philipp phil lipp;phillip phil pip;philippa pippa pip;pieter piet;pietro piero;pilar pili;piotr piotrek;\
priscilla cilla prissy;rachel rach rae shelly;rafael rafa rafi;raimund mundl;ralph ralphie;ramon moncho;\
randall randy;randolph randy;raphael raf raffi;raymond ray;rebecca becky becca beck;regina gina reggie;\
reginald reggie reg;reinhard reini hardy;renate nati rena;ricardo rick ricky richi cardo;\
richard rick dick rich richie ricky ritchie;rita rit;robert bob rob bobby robbie bert robby;\
roberta bobbie robbie berta;roberto beto berto rob robbie;roderick rod rick;rodney rod;rodolfo fito rudy;\
rodrigo rodri;roger rog rodge;roland rolli rolf;ronald ron ronnie ronny;rosa rosie rosita;rosalie rosie rose;\
rosalind roz rosie;rosario charo chayo;rosemarie rose rosi romy;rosemary rose rosie;roxanne roxy;\
rudolf rudi rolf;rudolph rudy rolf;rupert bert;russell russ rusty;ruth ruthie;salvador chava salva;\
salvatore toto totò salvo turi sal;samantha sam sammy;samuel sam sammy;sandra sandy;santiago santi chago;\
sarah sally sara sadie;sebastian seb bastian basti bas;sergei serezha seryozha serge;\
sergey serezha seryozha serge;sergio checo;seymour sy;sharon shari;shirley shirl;sidney sid;\
siegfried sigi siggi;sigmund sigi ziggy;silvia sil;simon si;simone mone;sofia sofi sonia sonya;solomon sol;\
sophia sophie soph;sophie soph;stanislaw staszek stas;stanley stan;stefan steve stef steffen;\
stefanie steffi steff;stefano stef;stephanie steph steff stephie stef;stephen steve stevie steph;\
steven steve stevie;stuart stu;stewart stu;susan sue susie suzy susi suzie;susana susi;\
susanna sue susie suzy anna;susanne susi sanne;suzanne sue suzy susie suzie;svetlana sveta lana;sylvester sly;\
sylvia syl;tabitha tabby;tamara tam tammy toma;tatiana tanya tania tati;tatyana tanya;\
teresa tess terry tere teri tessa;terence terry;terrance terry;terrence terry;thaddeus tad thad;theodor theo;\
theodora theo dora thea;theodore ted teddy theo;theresa terry tess tessa tracy resi teri;therese resi tess;\
thomas tom tommy thom tomi;tiffany tiff;tilman till;timothy tim timmy;tobias tobi toby;tomasz tomek;\
tracy trace;travis trav;tristan tris;ulrich uli ulli;ulrike uli ulli rike;urban urbi;urszula ula;\
ursula ulla uschi ursel ursi;valentin val vali;valentina val vale;valerie val;vanessa nessa van;\
veronica ronnie vera roni;veronika vroni vera;victor vic vik;victoria vicky vicki tori vic toria;\
vincent vin vinny vince vinnie;vincente chente;vicente chente;vincenzo enzo;viktor vitya;viktoria vicky vika;\
violet vi;virginia ginny ginger gina;vivian viv;vladimir vlad vova volodya;vladislav vlad slava;\
vyacheslav slava;waldemar waldi;walter walt wally walli;walther walt;wallace wally;wanda wandi;warren ren;\
wendelin wendel;wesley wes;wilhelm willi willy wim helmut;wilhelmina mina willie minnie;willem wim pim;\
william bill will billy willie liam willy;winfried winni fred;winifred winnie freddie;winston win;\
wojciech wojtek;wolfgang wolf wolfi;xavier xavi javi;yekaterina katya;ekaterina katya;yelena lena;\
yevgeny zhenya;evgeny zhenya;yolanda yoli;yuri yura;zachariah zach zack;zachary zach zack zac;zbigniew zbyszek;\
zofia zosia";
