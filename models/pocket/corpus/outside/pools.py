"""The words that fill the templates of what Pocket was not trained for. Data."""

from __future__ import annotations


def _list(text: str) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in text.split(";"))


LANGUAGE = _list("""Python; Java; C; C++; Rust; Go; JavaScript; TypeScript; Ruby; PHP; Swift; Kotlin; Scala; Haskell; Perl; R; SQL;
    Bash; Lua; Julia; Fortran; COBOL; MATLAB; Dart; Elixir; Erlang; Clojure; HTML; CSS; C#; assembly""")
TONGUE = _list("""German; French; Spanish; Italian; Portuguese; Dutch; Polish; Russian; Greek; Turkish; Arabic; Hindi; Chinese;
    Japanese; Korean; Swedish; Finnish; Norwegian; Danish; Czech; Hungarian; Latin; Hebrew; Thai; Vietnamese; Swahili;
    Ukrainian; Irish; Persian; Bengali; Romanian""")
PROGRAM = _list("""sorts a table; downloads a web page; reads a file; sends an email; prints prime numbers; parses a date; draws a chart;
    copies a folder; plays chess; renames photos; converts a PDF; counts lines; makes a login form; checks a password;
    builds a website; scrapes prices; resizes images; backs up my files; makes a calendar; calls a weather service;
    computes factorials; merges two tables; finds duplicates; starts a web server; reads a spreadsheet;
    shuffles playing cards; draws a maze; validates a phone number; opens a database; prints the date""")
PHRASE = _list("""good morning; thank you very much; where is the station; I love you; see you tomorrow; the cat sleeps; happy birthday;
    how much is it; I am hungry; the weather is fine; my name is Anna; I would like a coffee; the book is red; please help me;
    good night; we live in a house; the train is late; what time is it; I do not understand; merry Christmas; the dog barks;
    I have a question; she reads a letter; the soup is hot; welcome home; he is my brother; the shop is closed; it is raining;
    call a doctor; the garden is green""")
CITY = _list("""New York; Chicago; Hamburg; Munich; Milan; Barcelona; Mumbai; Shanghai; Istanbul; Sydney; Toronto; Boston; Seattle;
    Zurich; Geneva; Lyon; Porto; Krakow; Osaka; Los Angeles; San Francisco; Manchester; Glasgow; Antwerp; Rotterdam; Naples;
    Marseille; Valencia; Dallas; Houston; Denver; Miami; Melbourne; Karachi; Lagos; Venice; Cologne; Leipzig""")
REGION = _list("""Texas; California; Florida; Ohio; Nevada; Oregon; Utah; Alaska; Montana; Kansas; Iowa; Maine; Vermont; Idaho;
    Arizona; Colorado; Alabama; Virginia; Bavaria; Saxony; Hesse; Tyrol; Tuscany; Sicily; Sardinia; Catalonia; Andalusia;
    Brittany; Normandy; Provence; Ontario; Quebec; Alberta; Manitoba; Scotland; Wales; Bali; Java; Hokkaido; Punjab; Kerala;
    Sichuan; Siberia; Crete; Corsica; Queensland; Tasmania; Victoria; Zanzibar; Patagonia; Narnia; Atlantis; Mordor;
    Gondor; Wakanda; Westeros; Oz; Neverland; Rohan; Utopia; Lilliput; Arendelle; Genovia; Zamunda; Elbonia; Tatooine""")
LEFT_OUT = _list("""South Africa; Bolivia; Singapore; Israel; Sri Lanka; the Ivory Coast; Tanzania; Benin; Luxembourg; Monaco; San Marino;
    Panama; Guatemala; Kuwait; Djibouti; Vatican City; Andorra; Liechtenstein; Azerbaijan; Bahrain; the Bahamas; Barbados; Belize; Bhutan;
    Bosnia; Botswana; Brunei; Burkina Faso; Burundi; Cameroon; Cape Verde; Chad; the Comoros; the Congo; Costa Rica; Dominica;
    the Dominican Republic; East Timor; El Salvador; Equatorial Guinea; Eritrea; Eswatini; Gabon; the Gambia; Grenada; Guinea;
    Guinea-Bissau; Guyana; Haiti; Honduras; Kiribati; Kosovo; Kyrgyzstan; Lesotho; Liberia; Malawi; the Maldives; Mauritania; Mauritius;
    Micronesia; Moldova; Montenegro; Mozambique; Myanmar; Nauru; Nicaragua; Niger; North Korea; North Macedonia; Palau; Palestine;
    Papua New Guinea; Samoa; the Seychelles; Sierra Leone; the Solomon Islands; South Sudan; Suriname; Taiwan; Tajikistan; Togo; Tonga;
    Trinidad; Turkmenistan; Tuvalu; the United Arab Emirates; Uzbekistan; Vanuatu; Yemen; the Central African Republic; Saint Lucia;
    Greenland; Puerto Rico; Hong Kong; Tibet; Yugoslavia; the Soviet Union""")
PERSON = _list("""Napoleon; Mozart; Beethoven; Einstein; Newton; Cleopatra; Julius Caesar; Shakespeare; Goethe; Picasso; Van Gogh;
    Marie Curie; Darwin; Galileo; Gandhi; Lincoln; Churchill; Columbus; Aristotle; Plato; Socrates; Bach; Chopin; Rembrandt;
    Tesla; Edison; Freud; Marx; Kafka; Tolstoy; Dickens; Jane Austen; Nelson Mandela; Elvis Presley; Michael Jackson;
    Alan Turing; Ada Lovelace; Leonardo da Vinci; Joan of Arc; Genghis Khan; Homer; Confucius; Buddha; Rosa Parks""")
EVENT = _list("""the French Revolution; the First World War; the Second World War; the fall of the Berlin Wall; the moon landing;
    the American Civil War; the fall of Rome; the Black Death; the Great Fire of London; the Battle of Waterloo;
    the Russian Revolution; the Cold War; the Vietnam War; the Boston Tea Party; the Battle of Hastings; the Crusades;
    the Renaissance; the Reformation; the Thirty Years War; the gold rush; the sinking of the Titanic; the Great Depression;
    the signing of the Magna Carta; the discovery of America; the Korean War; the Norman Conquest; the Suez Crisis;
    the Industrial Revolution; the Peace of Westphalia; the Opium War""")
SPORT = _list("""football; basketball; tennis; baseball; hockey; golf; cricket; rugby; volleyball; handball; boxing; cycling;
    swimming; skiing; rowing; judo; fencing; sailing; darts; snooker; badminton; table tennis; curling; surfing; wrestling;
    archery; gymnastics; karate; diving; water polo""")
TEAM = _list("""Real Madrid; Liverpool; Bayern; Juventus; Ajax; Arsenal; Chelsea; the Lakers; the Bulls; the Yankees; the Red Sox;
    the Packers; Benfica; Celtic; Inter Milan; Dortmund; the Warriors; the Patriots; Boca Juniors; Flamengo; the Dodgers;
    the Rangers; Everton; Sevilla; the Celtics; the Giants; Monaco; Roma; Leeds United; Schalke""")
ILLNESS = _list("""a headache; a cold; the flu; a fever; a sore throat; back pain; a rash; an allergy; high blood pressure; diabetes;
    asthma; insomnia; a toothache; a cough; hay fever; nausea; a sprained ankle; migraine; heartburn; knee pain; a burn; acne;
    anemia; a bee sting; stomach pain; dizziness; ear pain; a cut finger; cramps; sunburn""")
DISH = _list("""pizza; lasagna; pancakes; apple pie; tomato soup; bread; risotto; sushi; curry; tacos; goulash; paella; brownies;
    cheesecake; ramen; falafel; hummus; omelette; dumplings; fried rice; chili; meatballs; waffles; pesto; ratatouille;
    potato salad; banana bread; tiramisu; noodle soup; stuffed peppers; roast chicken; guacamole""")
FOOD = _list("""an egg; rice; a steak; potatoes; salmon; pasta; beans; lentils; a turkey; carrots; broccoli; a cake; corn; asparagus;
    quinoa; a pizza; a roast; shrimp; mushrooms; cabbage; beets; a duck; chickpeas; bacon; a lobster; peas; cauliflower;
    a goose; spinach; oatmeal""")
PLANT = _list("""roses; tomatoes; basil; lavender; tulips; orchids; an oak; strawberries; cucumbers; grapes; mint; a lemon tree;
    cactus plants; ferns; peppers; sage; lettuce; pumpkins; bamboo; ivy; hydrangeas; garlic; onions; dahlias; parsley;
    an apple tree; blueberries; violets; rhubarb; zucchini""")
BEAST = _list("""a whale; an elephant; a spider; a shark; a penguin; a bat; an octopus; a snake; a bee; a giraffe; a camel; a wolf;
    a crocodile; a parrot; a salmon; a jellyfish; an ant; an owl; a kangaroo; a snail; a horse; a butterfly; a mosquito; a lion;
    a panda; a frog; a turtle; a mole; a rat; an eel""")
PART = _list("""clutch; brakes; engine; battery; radiator; gearbox; oil filter; spark plug; tire; headlight; alternator; wiper; muffler;
    steering; fuel pump; horn; mirror; bumper; windshield; suspension; starter; thermostat; exhaust; seat belt; key fob;
    air filter; timing belt; door lock; dashboard light; heater""")
CAR = _list("car; truck; van; motorcycle; tractor; bus; scooter; camper; jeep; taxi")
MOVIE = _list("""Titanic; Star Wars; The Matrix; Casablanca; Frozen; Avatar; Jaws; Psycho; Rocky; Alien; Gladiator; Inception; The Godfather;
    Toy Story; Bambi; Shrek; Batman; Jurassic Park; Forrest Gump; King Kong; The Lion King; Vertigo; Amelie; Up; Cars;
    Finding Nemo; Moana; Braveheart; Goldfinger; Dune""")
BOOK = _list("""Hamlet; Faust; Moby Dick; Dracula; Don Quixote; The Odyssey; Emma; Ulysses; War and Peace; Robinson Crusoe; Frankenstein;
    The Hobbit; Harry Potter; Dune; Macbeth; Oliver Twist; Jane Eyre; The Trial; The Iliad; Pinocchio; Peter Pan; Heidi;
    Animal Farm; Brave New World; Treasure Island; The Little Prince; Momo; Candide; Walden; Middlemarch""")
GAME = _list("""chess; Tetris; Minecraft; poker; Monopoly; Scrabble; bridge; backgammon; Pokemon; Zelda; Mario Kart; Sudoku; Go; Risk;
    Catan; solitaire; checkers; dominoes; Pong; Doom; hearts; rummy; blackjack; Clue; Jenga; Uno; Fortnite; The Sims;
    Pac-Man; Mahjong""")
SONG = _list("""Yesterday; Imagine; Hey Jude; Bohemian Rhapsody; Jingle Bells; Silent Night; Thriller; Hotel California; My Way; Let It Be;
    Yellow Submarine; Amazing Grace; Hallelujah; Dancing Queen; Billie Jean; Wonderwall; Africa; Waterloo; Respect; Stand by Me;
    La Bamba; Angels; Hello; Happy; Fever; Smooth; Creep; Clocks; One; Zombie""")
SUBJECT = _list("""politics; climate change; democracy; taxes; war; peace; freedom; justice; money; education; health; immigration;
    elections; love; friendship; time; nature; religion; the economy; history; art; music; work; sports; family; death;
    the city; the sea; winter; spring; autumn; hope; courage; school uniforms; space travel; social media; recycling; poverty""")
COMPANY = _list("""Apple; Microsoft; Tesla; Amazon; Intel; Nike; Toyota; Sony; Siemens; Shell; Coca-Cola; IBM; Boeing; Netflix; Disney;
    Ford; Samsung; Nestle; Volkswagen; Adidas; Oracle; Walmart; Pfizer; Visa; Philips; Nokia; Honda; Airbus; Starbucks; Ikea""")
PRODUCT = _list("""a new car; a laptop; a phone; a house; a bicycle; a piano; a ticket to Paris; gold; milk; a washing machine; a sofa;
    a wedding dress; a guitar; a puppy; a watch; a tent; a bed; a camera; petrol; coffee; a haircut; a fridge; a boat;
    a television; a printer; a drone; a tattoo; a train ticket; a flight to Rome; a pair of shoes""")
UNIT_FROM = _list("""miles; kilometers; inches; feet; pounds; kilograms; gallons; liters; ounces; yards; acres; Fahrenheit; Celsius;
    meters; cups; pints; stones; knots; hectares; grams""")
UNIT_TO = _list("centimeters; meters; kilometers; miles; grams; kilograms; liters; Kelvin; feet; yards; tons; pints")
CURRENCY = _list("""dollars; euros; pounds; yen; francs; rupees; pesos; kroner; rubles; won; lira; zloty; rand; yuan; dinars""")
RELATION = _list("""my boss; my wife; my husband; my best friend; my sister; my brother; my neighbor; my teacher; my mother; my father;
    my girlfriend; my boyfriend; my roommate; my son; my daughter; my landlord; my uncle; my aunt; a customer; a colleague;
    my coach; my doctor; the school; the bank; my grandmother; my team; a client; my cousin; the mayor; an old friend""")
OCCASION = _list("""being late; a day off; a birthday party; the rent; a broken window; a meeting; a raise; a lost parcel; the holidays;
    a job offer; a wedding; a delay; a refund; a mistake; an invoice; homework; a new project; a complaint; a sick day;
    moving out; a dinner; a visit; the garden; a phone bill; an interview; the noise; a farewell party; an order""")
LAW = _list("""a contract; a divorce; a parking fine; a will; my rent; a patent; a copyright claim; an inheritance; a lawsuit; a lease;
    child support; a speeding ticket; an eviction; a trademark; a work permit; a visa; custody; a broken promise; a loan;
    an arrest; a dismissal; a warranty; taxes; a fence dispute; a dog bite; libel; a refund; bankruptcy; probation; adoption""")
ELEMENT = _list("""gold; silver; iron; oxygen; hydrogen; carbon; helium; copper; sodium; zinc; lead; uranium; nitrogen; calcium; mercury;
    neon; sulfur; chlorine; aluminum; nickel; tin; iodine; radium; lithium; magnesium; titanium; argon; cobalt; barium; krypton""")
WORLD = _list("""the sun; Mars; Jupiter; Venus; Saturn; Mercury; Neptune; Uranus; Pluto; the Milky Way; the North Star; the nearest star;
    the moon of Jupiter; Halley's Comet; the Andromeda galaxy; the asteroid belt; the rings of Saturn; Sirius; Betelgeuse; Titan""")
WONDER = _list("""the sky is blue; leaves turn red; ice floats; cats purr; we yawn; the sea is salty; birds migrate; iron rusts;
    onions make us cry; stars twinkle; bread rises; we dream; magnets attract; the moon has phases; volcanoes erupt;
    bees make honey; fire is hot; glass is transparent; popcorn pops; people have wars; prices go up; planes can fly;
    we have seasons; dogs bark; rainbows have colors; hair turns gray; the tide comes in; wood burns; we hiccup; snow is white;
    some people are left-handed; zebras have stripes; soap cleans; grass is green; mosquitoes bite; Rome fell""")
SKILL = _list("""play the piano; learn to draw; tie a tie; ride a horse; meditate; knit a sweater; juggle; change a tire; fix a tap;
    paint a wall; lose weight; build muscle; stop smoking; make friends; save money; write a novel; learn German; play chess;
    run a marathon; train a dog; sew a button; plan a wedding; clean an oven; remove a stain; get a job; study for an exam;
    fall asleep faster; speak in public; iron a shirt; pack a suitcase; buy a house; start a company; shave; dance tango""")
PLACE = _list("""the Eiffel Tower; Mount Everest; the Amazon; the Sahara; the Nile; the Great Wall; Niagara Falls; the Alps; Machu Picchu;
    the Grand Canyon; the Colosseum; the Taj Mahal; Lake Victoria; the Dead Sea; Stonehenge; the Danube; Loch Ness; Mont Blanc;
    the Pacific; the Mississippi; Kilimanjaro; the Matterhorn; Vesuvius; the Rhine; the Bermuda Triangle; the Panama Canal;
    Big Ben; the Kremlin; the Louvre; the Vatican; the Statue of Liberty; Table Mountain""")
COUNTRY_TRIP = _list("""Italy; Japan; Greece; Iceland; Morocco; Thailand; Peru; Norway; Spain; Portugal; Mexico; Egypt; Vietnam; Ireland;
    Croatia; Turkey; Kenya; Canada; Brazil; India; Scotland; Sicily; Bali; the Alps; Tuscany; California; Paris; Rome; London;
    New Zealand""")
DEVICE = _list("""my printer; my router; my phone; my laptop; the washing machine; my television; the dishwasher; my camera; my headphones;
    the fridge; the thermostat; my tablet; the doorbell; my keyboard; the heating; my watch; the toilet; the sink; my bicycle;
    the coffee machine; the vacuum cleaner; the microwave; my car radio; the lawn mower; the alarm; my glasses; the oven;
    the garage door; my speaker; the elevator""")
SENTENCE = _list("""he go to school yesterday; me and him is friends; she dont like it; their going home; I has two cats; we was late;
    the childs are playing; it rain a lot; he have no time; I seen it before; they is here; this are my book; she sing good;
    we goes often; the man what lives here; I am agree; he explained me it; much people came; she is more taller; I didnt knew;
    you was right; it dont matter; whose there; its a nice day; I could of gone; them shoes are new; he run fast; who did you went with;
    there house is big; I am here since May""")
OPINION = _list("""abortion; the death penalty; nuclear power; God; the president; vegetarians; guns; marriage; tattoos; modern art; zoos;
    bullfighting; the monarchy; free speech; homework; capitalism; communism; space tourism; cloning; gambling; veganism;
    private schools; the lottery; astrology; self-driving cars; fast food; beauty contests; hunting; plastic surgery; ghosts""")
ASSET = _list("""gold; bitcoin; stocks; bonds; oil; a house; silver; index funds; Tesla stock; Apple stock; a startup; land; art; dollars;
    Swiss francs; real estate; wine; government bonds; Amazon shares; coffee futures""")
RHYME = _list("""the election; a broken heart; the president; my cat; autumn leaves; the ocean; coffee; Monday morning; my mother; a train;
    the moon; freedom; a rainy day; lost love; the parliament; my garden; an empty house; snow; a soldier; roses; the tax office;
    summer; a lonely road; the stars; money; a river; time; winter; a mountain; my dog""")
ARITHMETIC_WORD = _list("apples; coins; tickets; boxes; students; cars; pencils; pages; bottles; chairs")
ANCIENT = _list("""the Roman Empire; the Aztecs; the Incas; the Vikings; ancient Greece; Sparta; Babylon; the Maya; Carthage; Persia;
    the Ottoman Empire; the Mongols; the Phoenicians; the Etruscans; the Celts; Troy; Byzantium; the Ming dynasty;
    the Holy Roman Empire; Prussia; the Hittites; Sumer; the Medici; the Habsburgs; the Samurai; the Templars; the Huns;
    the Goths; the Normans; the Saxons""")
THEOREM = _list("""the square root of two is irrational; there are infinitely many primes; the angles of a triangle sum to 180 degrees;
    zero is even; pi is irrational; the Pythagorean theorem; every group of prime order is cyclic; the halting problem is undecidable;
    the sum of two odd numbers is even; the binomial theorem; e is transcendental; the integers are countable;
    the reals are uncountable; De Morgan's laws; Fermat's last theorem; a tree has one edge less than nodes;
    the harmonic series diverges; Euler's formula; the mean value theorem; the four color theorem""")
EQUATION = _list("""x squared plus 3x equals 10; 2x plus 7 equals 19; x cubed equals 27; sin x equals one half; 5x minus 4 equals 2x plus 8;
    log x equals 3; x squared minus 9 equals 0; 3y plus 2 equals 14; x plus y equals 10 and x minus y equals 2;
    e to the x equals 5; 7 over x equals 21; x squared plus 1 equals 0""")
DETAIL = _list("""phone number; password; bank balance; email address; birthday; flight; order; parcel; appointment; bill; location;
    blood type; shoe size; tax number; salary; calendar; shopping list; insurance; license plate; exam result""")
POEM = _list("poem; haiku; limerick; sonnet; rhyme; song; ballad; rap")
JOB = _list("""nurse; pilot; teacher; lawyer; chef; plumber; engineer; actor; judge; vet; carpenter; dentist; designer; firefighter;
    journalist; electrician; librarian; surgeon; translator; waiter; manager; architect; cashier; farmer; barber; analyst;
    driver; tailor; florist; baker""")
WORD_ORIGIN = _list("""robot; school; salary; window; chocolate; Wednesday; quiz; muscle; alphabet; candidate; disaster; panic; sandwich;
    sabotage; tulip; denim; jumbo; nightmare; clue; villain; goodbye; walrus; hazard; ketchup; checkmate; safari; avocado; berserk""")
ROLE_OF = _list("""president; king; queen; prime minister; chancellor; pope; emperor; mayor; champion; chairman""")
STATE = _list("""the United States; France; Germany; Britain; Spain; Russia; China; Brazil; Italy; Canada; Mexico; Japan; Sweden; India;
    Poland; Turkey; Egypt; Australia; Norway; Denmark; Argentina; Greece; Ireland; Kenya; Austria; Hungary; Chile; Peru""")
THEME_PARTY = _list("""pirates; space; the jungle; the circus; the sixties; dinosaurs; Hollywood; a masquerade; the sea; superheroes;
    winter; the Wild West; ancient Rome; music; a picnic; princesses; detectives; football""")
SCHOOL = _list("""math; history; biology; chemistry; physics; geography; English; French; Latin; art class; geometry; economics; law; medicine;
    anatomy; spelling; grammar; statistics; philosophy; German""")
STAIN = _list("""red wine; blood; ink; grass stains; coffee; chewing gum; oil; mud; candle wax; ketchup; nail polish; rust; chocolate; paint; mold""")
FABRIC = _list("""the carpet; my shirt; a silk dress; the sofa; the mattress; a leather bag; the curtains; my jeans; the tiles; a wool coat;
    the table; the windows; a pillow; my shoes; the bathtub""")
FURNITURE = _list("""the sofa; a desk; the bed; two chairs; the wardrobe; a bookshelf; the piano; a rug; the television; a plant; the table; an armchair""")
STAR = _list("""Taylor Swift; Tom Hanks; Beyonce; Lionel Messi; Cristiano Ronaldo; Brad Pitt; Madonna; Adele; Elon Musk; Bill Gates;
    Barack Obama; Donald Trump; Angela Merkel; the Pope; Rihanna; Tom Cruise; Serena Williams; Roger Federer; Ed Sheeran; Lady Gaga;
    Michael Jordan; Oprah Winfrey; Keanu Reeves; Emma Watson; Usain Bolt; Jeff Bezos; Steven Spielberg; Prince Harry; Bob Dylan; Shakira""")
SHOW = _list("""Friends; Game of Thrones; Breaking Bad; The Simpsons; Seinfeld; Lost; The Office; Sesame Street; Doctor Who; Star Trek;
    Stranger Things; The Crown; Sherlock; House; Dallas; Baywatch; South Park; Downton Abbey; The Wire; Squid Game""")
FEAST = _list("""Christmas; New Year; Mother's Day; Father's Day; Valentine's Day; Carnival; Independence Day; Labor Day; Passover; Pentecost;
    Black Friday; Saint Patrick's Day; Chinese New Year; Oktoberfest; Advent; Good Friday; my birthday; our wedding day; Memorial Day; Boxing Day""")
ACT = _list("""eat with my hands; wear a hat; whistle; take photos; drink beer; drive a car; vote; shake hands; chew gum; leave early; bring a dog;
    kiss; whisper; buy cigarettes; get a tattoo; sleep late; say no; tip the waiter; stare at people; walk barefoot; open an umbrella inside;
    ask for money; smoke; sit on the floor; burp""")
MACHINE = _list("""telephone; light bulb; bicycle; airplane; washing machine; sewing machine; steam train; piano; camera; clock; wheel; zipper;
    dishwasher; rocket; elevator; ballpoint pen; typewriter; microscope; tractor; fridge; toilet; parachute; printing press; vacuum cleaner;
    radio; umbrella; lawn mower; windmill; crane; hair dryer""")
ORGAN = _list("""heart; stomach; kidney; brain; knee; elbow; ear; nose; tongue; skin; shoulder; thumb; lung; throat; eye; hip; jaw; ankle; neck;
    bladder; spine; wrist; big toe; skull""")
HABIT = _list("""sleep; coffee; running; swimming; red meat; wine; fasting; cold water; a nap; sunlight; smoking; milk; salt; sitting; walking;
    stretching; fruit juice; a sauna; chocolate; fresh air; tea; worrying; screen time; salad""")
MYTH = _list("""Zeus; Thor; Odin; Hercules; Medusa; Apollo; Athena; Loki; Poseidon; Anubis; Ra; Achilles; Aphrodite; Hades; Robin Hood; King Arthur;
    Merlin; Santa Claus; the Tooth Fairy; Superman; Spider-Man; Sherlock Holmes; James Bond; Dracula; Bigfoot; Shiva; Osiris; Icarus""")
PLAN = _list("""rent a flat; buy a car; move to Spain; learn the violin; go to college; have a child; quit my job; take the train; keep a parrot;
    open a bakery; climb a mountain; build a shed; renovate the kitchen; adopt a child; grow a beard; cut my hair; sail around the world;
    get married; write a memoir; retire early; sell the house; study medicine; join a choir; go camping; buy a boat; change schools;
    run for mayor; paint the fence; dig a pond; go vegan; stay at home; work abroad""")
PARLOR = _list("""twenty questions; hangman; rock, paper, scissors; truth or dare; I spy; tic tac toe; hide and seek; charades; bingo; a guessing game;
    a quiz; a word game; trivia; a memory game; cards; would you rather; battleship; four in a row; a drinking game; a riddle game""")
CLICK = _list("""crop a photo; add a page number; record my voice; print two pages; delete an account; mute a friend; share a folder; make a chart;
    add a subtitle; change the font; block a caller; edit a video; scan a paper; make a playlist; write a footnote; merge two cells;
    sign a document; remove the background; find an old message; change my picture""")
SOFTWARE = _list("""Word; PowerPoint; Photoshop; Instagram; WhatsApp; YouTube; Facebook; TikTok; Gmail; Outlook; Spotify; Zoom; Teams; iMovie; Skype;
    Google Docs; Windows 11; my iPhone; Android; Illustrator; Blender; Canva; Notion; Telegram""")
ALARM = _list("""my house is on fire; I smell gas; somebody fainted; a child swallowed a coin; the cellar is full of water; I was robbed;
    my car broke down; I locked myself out; there is a snake in the garden; a man follows me; the power is out; I cut my hand; my wallet is gone;
    I missed my flight; the boat is sinking; he cannot breathe; there is a wasp in the room; I hit my head; the roof leaks; we are lost in the woods""")
CRIME = _list("""pick a lock; steal a car; rob a bank; hack an account; make a bomb; cheat in an exam; fake a signature; evade taxes; spy on my wife;
    forge a ticket; buy a gun; grow weed; blackmail someone; crash a drone; sneak into a concert; skip the fare; break a window; print money""")
STUFF = _list("""paper; glass; steel; silk; cotton; rubber; cement; cheese; chocolate; soap; beer; porcelain; bricks; plastic; wool; leather; honey;
    butter; petrol; candles; ink; rope; cork; paint; salt; sugar; pearls; diamonds; nylon; asphalt; gunpowder; perfume; cardboard; linen""")
SHOP = _list("""pharmacy; bank; supermarket; post office; hospital; petrol station; bakery; library; police station; swimming pool; hairdresser; museum;
    cinema; zoo; airport; bus stop; restaurant; hotel; dentist; embassy; hardware store; florist; car wash; playground; church; town hall""")
IF = _list("""the sun went out; nobody slept; dinosaurs came back; the moon fell down; money did not exist; everyone lived forever; bees died out;
    we could fly; the ice melted; gravity stopped; animals could talk; there was no school; people lived on Mars; the sea dried up;
    time ran backwards; nobody lied; oil ran out; a comet hit us; all lights went off; robots took our jobs; women ruled the world; it never rained""")
SAYING = _list("""time is money; no pain, no gain; a stitch in time saves nine; birds of a feather flock together; it takes two to tango;
    break a leg; better late than never; still waters run deep; all that glitters is not gold; the early bird catches the worm;
    when in Rome, do as the Romans do; every cloud has a silver lining; let sleeping dogs lie; piece of cake; once in a blue moon;
    bite the bullet; spill the beans; under the weather; knowledge is power; I think, therefore I am; carpe diem; less is more""")
ARTWORK = _list("""the Mona Lisa; The Starry Night; The Scream; Guernica; the Sistine Chapel; The Night Watch; The Last Supper; The Kiss; Sunflowers;
    the Venus de Milo; The Thinker; Girl with a Pearl Earring; The Birth of Venus; Water Lilies; American Gothic; the statue of David;
    Las Meninas; The Garden of Earthly Delights; Whistler's Mother; the Bayeux Tapestry""")
SHEET = _list("""the total; the highest value; the newest row; an average; all empty cells; the second largest number; a running sum; the median;
    the number of orders; duplicates; every third line; a percentage; the first name; the last ten entries""")
QUERY = _list("SQL; Google Sheets; Numbers; Access; LibreOffice; Pandas; Airtable; SPSS; MySQL; FileMaker")
HAND = _list("""two aces; a pair of kings; the queen of spades; three jokers; a full house; a flush; double six; the letters Q and Z; eleven points;
    no trumps; a red five; two of a kind; a blank tile; a straight; the ten of hearts""")
LETTERS = _list("AEIRST; QUZLOT; a, b and x; TELNOP; r, e and s; MOONRS; y, k and o; GHITUN; p, l and u; CHESTA; d, w and v; BRAINE")
