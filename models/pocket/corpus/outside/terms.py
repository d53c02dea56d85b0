"""Things people ask the meaning of that lie outside what Pocket knows. Data."""

from __future__ import annotations

_TERMS = """
    photosynthesis; inflation; a black hole; mitochondria; jazz; Kubernetes; blockchain; gravity; evolution; osmosis; DNA; RNA;
    a quark; an atom; a molecule; entropy; relativity; quantum physics; dark matter; the Big Bang; a supernova; a neutron star;
    a comet; an asteroid; a galaxy; a light year; a satellite; an eclipse; the ozone layer; the greenhouse effect; global warming;
    an ecosystem; a food chain; biodiversity; a glacier; a volcano; an earthquake; a tsunami; a hurricane; a tornado; a monsoon;
    plate tectonics; erosion; a fossil; a dinosaur; a mammal; a reptile; an amphibian; a virus; a bacterium; an enzyme; a protein;
    a hormone; insulin; cholesterol; an antibody; a vaccine; penicillin; antibiotics; cancer; a stroke; malaria; anemia; arthritis;
    a neuron; the liver; the spleen; the pancreas; the appendix; the retina; a chromosome; a gene; a stem cell; mitosis; meiosis;
    metabolism; homeostasis; symbiosis; pollination; hibernation; metamorphosis; natural selection; chlorophyll; a catalyst; an acid;
    a base in chemistry; an isotope; an ion; a covalent bond; oxidation; the periodic table; a polymer; an alloy; combustion;
    distilled water; electrolysis; radioactivity; nuclear fusion; nuclear fission; a superconductor; a laser; friction; inertia;
    momentum; acceleration; velocity; torque; buoyancy; magnetism; static electricity; voltage; a resistor; a capacitor; a diode;
    a transistor; an electron; a proton; a neutron; a photon; antimatter; a boson; string theory; the speed of sound; a prism;
    a pendulum; a lever; a pulley; hydraulics; aerodynamics; thermodynamics; a steam engine; a turbine; a dynamo; a carburetor;
    a jet engine; a helicopter; a submarine; radar; sonar; a suspension bridge; concrete; an arch; a dome; a pyramid; a cathedral;
    Gothic architecture; baroque; impressionism; cubism; surrealism; a fresco; a sculpture; a still life; origami; calligraphy;
    ballet; opera; a symphony; a fugue; a sonata; a concerto; blues; reggae; techno; hip hop; folk music; a chord; a scale in music;
    rhythm; counterpoint; a metronome; a cello; a bassoon; a banjo; a haiku; a sonnet; a novel; a fable; a metaphor; irony;
    satire; alliteration; an oxymoron; a palindrome; a pronoun; an adverb; the subjunctive; a preposition; a gerund; a syllable;
    democracy; monarchy; a republic; a dictatorship; communism; capitalism; socialism; feudalism; anarchism; liberalism; fascism;
    nationalism; colonialism; apartheid; a constitution; a parliament; a senate; a referendum; a veto; impeachment; an embargo;
    a treaty; NATO; the European Union; the United Nations; UNESCO; Brexit; the Cold War; the Renaissance; the Enlightenment;
    the Reformation; the Stone Age; the Bronze Age; the Silk Road; the Magna Carta; a crusade; a guild; a samurai; a pharaoh;
    a mortgage; a dividend; a stock; a bond; a hedge fund; GDP; a recession; deflation; a tariff; a subsidy; a monopoly;
    a cartel; supply and demand; compound interest; a pension; an annuity; a credit score; bankruptcy; an audit; an invoice;
    a trade deficit; the gold standard; a central bank; a tax return; a startup; venture capital; an IPO; a franchise; outsourcing;
    Bitcoin; Ethereum; an NFT; a smart contract; Docker; Linux; Windows; a compiler; a database; SQL; a firewall; a VPN; a network switch;
    DNS; an IP address; a MAC address; Bluetooth; a modem; fiber optics; a hard disk; a motherboard; a BIOS; a spreadsheet; a pixel;
    Photoshop; a PDF; a font; a computer virus; phishing; ransomware; a Trojan horse; open banking; a barcode; a QR code; RFID;
    GPS; a drone; virtual reality; 3D printing; a microwave oven; a thermostat; a solar panel; a wind turbine; a fuel cell;
    a heat pump; a hybrid car; a lithium battery; recycling; compost; fertilizer; crop rotation; a greenhouse; irrigation; hydroponics;
    a perennial; a bonsai; sourdough; yeast; gluten; tofu; umami; a vitamin; a calorie; protein powder; caffeine; fermentation; kimchi;
    sushi; espresso; champagne; whisky; olive oil; saffron; vanilla; truffles; yoga; pilates; meditation; karma; nirvana; Buddhism;
    Islam; Judaism; Hinduism; Christianity; Zen; the Bible; the Koran; Easter; Ramadan; Hanukkah; Diwali; Halloween; Thanksgiving;
    stoicism; existentialism; nihilism; utilitarianism; ethics; metaphysics; free will; consciousness; the meaning of life; a paradox;
    a syllogism; psychology; psychoanalysis; a placebo; depression; anxiety; autism; dyslexia; a phobia; hypnosis; empathy; charisma;
    a prime number; pi; a logarithm; a derivative; an integral; a polynomial; a triangle; a hypotenuse; trigonometry; algebra;
    calculus; a fraction; an ellipse; a fractal; the golden ratio; Fibonacci; infinity; a theorem; game theory; chaos theory; topology;
    chess; cricket; offside; a home run; a hat trick; a marathon; a triathlon; the Olympics; the World Cup; the Tour de France; judo;
    sumo; parkour; a slam dunk; a kayak; a catamaran; scuba diving; a parachute; mountaineering; a compass rose; latitude; longitude;
    the equator; a peninsula; an archipelago; a delta; a fjord; a savanna; the tundra; a rainforest; a coral reef; the tide; a geyser;
    a passport; a visa; jet lag; a hostel; a habeas corpus; a felony; a jury; a notary; a patent; copyright; a trademark; a will in law;
    alimony; bail; parole; perjury; a subpoena; slang; sarcasm; a meme; a podcast; a blog; an influencer; a hashtag; karaoke; anime;
    manga; a sitcom; a soap opera; a documentary; film noir; a western; stop motion; a cliffhanger; Broadway; a dowry; a siesta
"""  # fmt: skip


# Never tested. Many begin like a word that Pocket knows ("a prefix", "prefill"), so that the beginning of a word
# is not enough to tell what is known.
_TRAINED_TERMS = """
    a predator; a premium; a premiere; a prelude; a prefix; a prefect; a precedent; the Precambrian; precipitation; a precipice; a
    predicate; predestination; prehistory; prejudice; a presidency; a premise; presbyopia; a president; a pretzel; a press conference;
    preservatives; pressure; pregnancy; a preface; a premolar; a pressure cooker; a preamble; prefabrication; a proverb; a prophet;
    propane; a prosecutor; a protractor; a protest; a probe; a province; a profit; a prologue; a protagonist; probability; prohibition;
    a proxy war; a procession; prosody; a propeller; propaganda; a promenade; a promissory note; the prostate; Protestantism;
    protectionism; a token economy; a toll road; tobacco; tonsils; a toga; a toboggan; a tort; a tortilla; a totem; a tourniquet; a town
    hall; a toccata; a topaz; topsoil; topography; a torpedo; a tortoise; toxicology; a toxin; a tombola; the Torah; totalitarianism; a
    toll bridge; tourism; a tokamak; tonality; tetanus; a tenor; a tent; tendons; a tenant; Tex-Mex; telepathy; a telegram; a telescope;
    a telephone; the temperate zone; a temple; tempo; tempera; tempura; the Knights Templar; tempeh; a monsoon season; a monocle; a
    monk; monogamy; a monologue; mononucleosis; a monastery; monotheism; monoculture; a mollusk; molasses; a mole in chemistry; a moat;
    a mosaic; a mosque; a motel; a motif; a motet; morphine; Mormonism; a mortar; morality; a morgue; mold; a motorway; mozzarella; a
    model railway; a fashion model; a model village; modernism; the Moho; modesty; a moderator; a modal verb; the Monroe Doctrine; a
    monolith; a mortgage broker; a wetland; a webbed foot; a wedge; a weasel; a wedding; weathering; the weather; weightlessness;
    welding; a welfare state; a werewolf; a westerly wind; weaving; a weir; a spider web; body weight; a weighbridge; atomic weight; a
    whale; wheat; whey; a wheelbarrow; whiplash; a quarry; a quartet; quartz; a quaver; a quay; a quail; quarantine; a quadrilateral; a
    quadruped; a quadratic equation; quality control; a quantum leap; a quarterback; a quarter note; a quasar; quicksand; quicksilver; a
    quiche; quinine; a quilt; a quorum; a quotient; a quatrain; the Quakers; the Quran; a queue at a shop; a questionnaire; quantitative
    easing; a quango; a quagmire; a permit; permafrost; the Permian; perfume; a pergola; a periscope; the perimeter; a perennial plant;
    perestroika; a percussion instrument; persimmon; a person in grammar; personality; perspiration; perspective in art; a persona;
    Persian rugs; peristalsis; a peripheral vision; a permutation; peroxide; pericarditis; a personal pronoun; persecution; a perfect
    fifth; the past perfect; a percentage; a performance review; periodontitis; periodic motion; a concubine; a condor; a condominium; a
    confederation; a confession; Confucianism; a congress; a conifer; conjunctivitis; a conjunction; a consonant; a consul; a
    constellation; a continent; contraception; a contour line; a convent; a convex lens; a convoy; a concave mirror; a concierge; a
    concussion; conduction; a condiment; a conductor of an orchestra; a conglomerate; conservatism; a conspiracy theory; continental
    drift; a contralto; contraband; a contract; convection; the Concorde; conscience; conscription; consumerism; a consumer; a
    constable; constipation; a contagion; a conga; a conveyor belt; a convict; a context clue; a contest; contentment; a controlled
    experiment; a control tower; a concordat; latent heat; a lattice; latex; Latin; a latrine; lateral thinking; a latte; lava; a lathe;
    latency in psychology; laterite; laudanum; the latitude lines; the House of Lords; laryngitis; the larynx; lactose; lasagna; a laser
    printer; laughing gas; a launderette; a layer cake; the ozone hole; a layette; a landslide; a lagoon; a lament; a landlord; a
    lantern; a larva; the thyroid; thrombosis; a throne; a thriller; thrift; a thrush; a thread of wool; thermal energy; a thermometer;
    a thesis; a thesaurus; theology; theocracy; thunder; a three-point turn; the third world; a threshold of pain; the thorax; thrash
    metal; a throttle; threshing; a repeat in music; a reptile house; a refrain; a refugee; a reflex; a regatta; a regent; a regime; a
    register office; reincarnation; a reindeer; a relay race; a relic; a remake; remorse; renewable energy; rent control; reparations;
    repression; reproduction; a requiem; a reservoir; a reservation; residency; resin; resonance; a resort; respiration; restitution;
    retail; retinol; a retriever; a revolver; a revolution; rhetoric; rheumatism; a rhombus; a reef; a referee; reflexology; refraction;
    regression therapy; rehabilitation; reinsurance; a resume; respect; a relative clause; relief in sculpture; a refinery; a real
    estate agent; realism; a rebate; a rebellion; a receipt; a receptor; a recipe; recitative; a rectangle; redemption; a redwood; a
    cash crop; a cashew; a casserole; a casino; a caste; a cask; catharsis; a cataract; a catapult; a caterpillar; Catholicism; a
    castle; cellulose; a cell wall; a census; a centaur; a centipede; a century; ceramics; a cerebellum; certitude; a cello suite; a
    chassis; a charter; a chameleon; a chandelier; a chapel; a charity; a check in hockey; a chromatic scale; decay; a decade; a
    decibel; deciduous trees; a decoy; a decree; a decathlon; decomposition; decor; deforestation; a decimal fraction; dehydration; a
    deity; delirium; a demagogue; dementia; denial; density; a deposit; a depot; dermatitis; a desert; despotism; a detective; a detour;
    a dictionary; diffraction; digestion; dilemma; diphtheria; a diphthong; diplomacy; disinfection; dispersion; dissonance; distance
    running; distemper; a dispatch rider; a district; divinity; a dispensary; a distillery; embroidery; an embassy; an embryo; an
    emerald; emigration; an emotion; an emperor; empiricism; emphysema; an emulsion; an ember; embalming; an embankment; an encyclical;
    an endorphin; an enclave; endocrinology; an enema; an engagement ring; an engine block; an engraving; an entourage; an envoy; an
    enzyme test; an endive; an encore; endometriosis; an entrepreneur; a fallacy; a fang; a fanfare; a fairy; a falcon; fasting; the
    Fahrenheit scale; a fault line; a farce; a fallow field; a grenade; a grid of streets; gravel; a graveyard; a gradient of a road;
    graffiti; granite; grammar; a grant; the Great Lakes; a greeting card; grief; a grotto; a group in mathematics; gout; a gazelle;
    gelatin; a ghetto; a girder; a glossary; glucose; glaucoma; a gnome; a goblin; a gospel; a gondola; a goulash; infancy; an infantry;
    an infection; an inferno; infidelity; an infinitive; influenza; infrared light; infrastructure; an inheritance tax; an inning; an
    inquest; an inquisition; an insect; insomnia; an insurance claim; an interest rate; an interval in music; an interjection; an
    intestine; an invertebrate; an incubator; an injunction; an inlet; the indie scene; an Indian summer; an indictment; an index fund;
    indigestion; a kernel of corn; a kerosene lamp; kelp; keratin; a ketogenic meal; kendo; a kettle drum; a key signature;
    Keynesianism; a kibbutz; a kidney; a kimono; a kiln; kinetic energy; a kiosk; a kite; a kiwi; lactation; a lamb chop; a lawsuit;
    leap years; leather; legend; lemonade; a lens; leprosy; lethargy; leukemia; a levy; a libretto; a lichen; ligaments; lightning;
    limestone; a limerick; a lobbyist; a lobster; a locust; a log cabin; lodging; logistics; loyalty; a lullaby; lupus; lymph nodes; a
    lyre; a median strip; medieval times; mediation; Medicare; a melody; a membrane; memoirs; a memory foam mattress; the menopause; a
    mentor; mercury; a mercenary; a merger; a meridian; a mermaid; a meteor; methane; a metropolis; a mezzanine; a metrical foot; a
    batch of cookies; a baton; a bayonet; a bazaar; a beacon; a beat in music; a bench press; the Beatles; a billboard; binoculars; a
    biography; a biopsy; a birthmark; a bishop; bisexuality; a blister; a blizzard; the blind spot; a block of flats; blood pressure;
    botany; a boomerang; a bouquet; a bourgeois; a boycott; braille; bronchitis; bureaucracy; a buffer zone; a buffet; a bulldozer;
    burnout; a cabaret; a cactus; a cachet; a cadence; calcium; a calendar; camouflage; a canal; a candidate; cannibalism; canon law; a
    canopy; a capsule; a carnival; a carnivore; cartilage; a cartoon; a cash register; a sampler in embroidery; a sandbank; a sanctuary;
    sandstone; a sandwich; a sanatorium; a sapling; a sapphire; a sari; a sauna; a savings account; a saxophone; scurvy; a scaffold; a
    scarab; schizophrenia; a scherzo; a seance; a seed bank; a seedling; a segment of an orange; segregation; a seizure; a seminar;
    sepsis; serfdom; a sergeant; a serum; a servant; sewage; a sextant; a shaman; a shawl; sharia; shamanism; a shadow cabinet; shale; a
    shareholder; a sheriff; shingles; a shipwreck; a shrine; a shrub; a silo; a skeleton; sleep apnea; smog; soil; solar wind; a
    solstice; a soprano; a sphinx; spina bifida; a sponge; a squid; a stalactite; a stanza; a statute; a steppe; a stereotype; a
    stethoscope; a stratum; a stream in the woods; a streetcar; a strike; subtropics; suburbia; a suffix; a suffragette; a sultan;
    superstition; surfing; surgery; a swamp; a synagogue; syntax; syphilis; a trade union; a tragedy; a trampoline; a trance; a transit
    visa; a transplant; a transfusion; a trapezoid; a trauma; a trench; a tributary; a trilogy; tuberculosis; a tumor; turbulence; a
    turban; a tutor; a typhoon; typhus; tyranny; the uvula; an ulcer; an umpire; unemployment; a unicorn; a union; utopia; a valve; a
    vampire; a vandal; a vegan; a vein; a ventricle; a verb; a verdict; a vertebra; a veteran; a viaduct; a viceroy; a vineyard; a
    viola; vitiligo; a vocal cord; a vocation; a volcano chain; a vow; vocabulary learning; a void in space; a voodoo doll; a wage; a
    waltz; a warlord; warm-blooded animals; a warrant; a waterfall; a watt; a yacht; a yeti; a yogi; a zebra crossing; the zodiac; a
    zeppelin; a zygote; zoology; the Zulu kingdom; acne; acupuncture; adrenaline; an adjective; adolescence; adoption; an adaptation; an
    addiction; an attic; attachment theory; an attorney; the attention span; the Aurora Borealis; an aviary; an avalanche; an author;
    autopsy; autocracy; an autumn equinox; authoritarianism; an aquifer; armor; an artery; an asphalt road; asthma; an astronaut; an
    atheist; an atlas; an atoll; an axiom; an oasis; obesity; an oboe; an obelisk; an ocean current; an octave; an olive branch; an
    omen; an onion; an opal; an optician; an orbit; an orchard; an orchid; an ore; an organ; an origin story; the origin of species; an
    orphan; orthodoxy; osteoporosis; an outpost; an ovary; an oxygen mask; an oyster; hail; a harbor; a harp; a haunted house; a hedge;
    a heart attack; a helmet; hemophilia; hepatitis; a heretic; a hermit; hernia; a herbivore; a hieroglyph; a hippie; a holding
    company; the Holocaust; homeopathy; a honeycomb; a horoscope; a hospice; the hub of a wheel; humanism; humidity; humor; humus; a
    hymn; a hyena; hygiene; hyperinflation; hypothermia; a hypothesis; ice cream; igneous rock; jade; a javelin; jealousy; a jellyfish;
    a jockey; a journal; a judge; a juror; justice; radiation; a raft; a ranch; a rapier; a raccoon; racism; ragtime; a rainbow; the
    rate of exchange; a rattlesnake; a ravine; rabies; naturalization; a nebula; nectar; a nerve; neuralgia; neutrality; a newt;
    nicotine; nitrogen; a nomad; a noun; a novella; nutrition; a nucleus; the nuclear family; a nunnery; nostalgia
"""  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(term.split()) for term in text.split(";")))


TERMS = _listed(_TERMS)
"""Terms of which some are kept for testing."""
TRAINED_TERMS = _listed(_TRAINED_TERMS)
"""Terms that only training shows."""
