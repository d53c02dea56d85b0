"""Pairs of opposites and the plurals of nouns. Data."""

from __future__ import annotations

_OPPOSITE_PAIRS = """
    hot cold  big small  tall short  fast slow  high low  old new  good bad  day night  light dark  open closed
    full empty  rich poor  happy sad  hard soft  strong weak  thick thin  wide narrow  deep shallow  clean dirty
    early late  near far  left right  up down  inside outside  front back  first last  always never  begin end
    start stop  win lose  give take  buy sell  push pull  love hate  laugh cry  remember forget  arrive leave
    question answer  true false  loud quiet  wet dry  safe dangerous  cheap expensive
    rough smooth  sharp blunt  brave cowardly  polite rude  lucky unlucky  alive dead  asleep awake
    sweet bitter  summer winter  north south  east west  before after  above below  more less  many few
    all none  everything nothing  friend enemy  public private  ancient modern  black white  yes no  on off
    sit stand  add subtract  increase decrease  import export  success failure  minimum maximum  future past
    top bottom  rise fall  hide show  build destroy  accept refuse  simple complex  kind cruel
    wise foolish  plus minus  encode decode  upload download  visible invisible  possible impossible
    even odd  vertical horizontal  positive negative  entrance exit  teacher student
""".split()

# Words whose opposite is above in a pair with a closer match: they are asked for in this direction only.
_ONE_WAY = """
    heavy light  young old  large small  long short  wrong right  finish start  quick slow  evil good  easy hard
    difficult easy  noisy quiet  silent loud  find lose  afraid brave
""".split()

OPPOSITES: dict[str, str] = (
    dict(zip(_OPPOSITE_PAIRS[::2], _OPPOSITE_PAIRS[1::2], strict=True))
    | dict(zip(_OPPOSITE_PAIRS[1::2], _OPPOSITE_PAIRS[::2], strict=True))
    | dict(zip(_ONE_WAY[::2], _ONE_WAY[1::2], strict=True))
)

# Every word left of a bar is a right opposite of every word on the other side of it.
_ALSO_OPPOSITE = """
    hot warm | cold cool
    big large huge | small little tiny
    tall long | short
    tall high | low
    fast quick | slow
    old ancient | new modern
    old | young
    good | bad evil
    kind nice | cruel mean unkind
    right true correct | wrong false
    light bright | dark
    heavy dark | light
    open | closed shut
    happy | sad unhappy
    hard loud | soft
    hard difficult complex complicated | easy simple
    thick fat wide | thin narrow
    start begin | stop end finish
    beginning start | end finish
    win find | lose
    find show seek reveal | hide
    give | take accept receive
    accept take agree | refuse reject
    love like | hate
    laugh smile | cry
    arrive come stay | leave depart
    enter | leave exit
    question ask | answer
    loud noisy | quiet silent
    safe | dangerous unsafe
    cheap | expensive costly
    rough uneven | smooth
    sharp | blunt dull
    brave | afraid cowardly scared fearful
    polite | rude impolite
    alive living | dead
    asleep sleeping | awake
    sweet | bitter sour
    above over | below under
    inside in | outside out
    more | less fewer
    all everything | none nothing
    increase rise | decrease fall
    top | bottom
    build create make | destroy
    wise clever smart | foolish stupid silly
    entrance entry | exit
"""

# The same for words that some people may call opposites. Neither claim about them is made.
_DISPUTED = """
    up top high above tall rise north deep | down bottom low below fall short south shallow
    deep low bottom | high top up
    high loud | low soft
    many more all everything always plus add increase maximum big large full rise up high yes positive heavy |
        few less none nothing never minus subtract decrease minimum small empty fall down low no negative light
    good kind right happy safe wise lucky positive clean sweet rich polite success friend love win yes true strong easy
        laugh remember brave light white |
        bad evil wrong sad cruel dangerous foolish unlucky negative dirty bitter poor rude failure enemy hate lose no
        false weak difficult hard cry forget afraid cowardly dark black
    first begin start front before early entrance open on past arrive new young top up stand question |
        last end stop finish back after late exit closed off leave dead future old answer bottom down sit
    finish end last | new first before front early open on
    old ancient past before first | new modern young future after last late
    day light white awake summer hot alive on | night dark black asleep winter cold dead off
    hard rough sharp strong loud noisy heavy thick big fast difficult complex cruel bitter |
        soft smooth weak quiet silent blunt light thin small slow easy simple kind sweet
    alive awake brave win | dead asleep afraid cowardly lose
    give sell lose push leave build refuse forget | take buy find pull arrive destroy accept remember
    hide private invisible closed inside dark lose night | show public visible open outside light find
    yes true plus positive even all right add on accept | no false minus negative odd none wrong subtract off refuse
    sit fall down asleep stop | stand rise up awake
    wide thick full big large deep tall long | narrow thin empty small shallow short
    far wide long late | near narrow short early
    build begin start increase add | destroy end stop decrease subtract
    cheap poor | expensive rich
    quick fast early | slow late stop
    east right | west left
    inside entrance arrive front import buy take | outside exit leave back export sell give
    upload up | download down
    stand vertical | horizontal sit
    dry hot summer | wet cold winter
    clean white | dirty black
    empty nothing none no | full everything all yes
    public | private closed
    encode hide import | decode show export
    success | failure lose stop
    rough odd | smooth even
    enter arrive come entrance | leave exit
    many everything all | none nothing few
"""


def _facing(table: str) -> frozenset[tuple[str, str]]:
    """The pairs of words across a bar, in both orders. A line indented further goes on with the one before it."""
    pairs = set()
    for line in table.replace("|\n", "|").replace("\n        ", " ").strip().splitlines():
        left, right = (side.split() for side in line.split("|"))
        pairs |= {pair for a in left for b in right for pair in ((a, b), (b, a))}
    return frozenset(pairs)


ALSO_OPPOSITE = _facing(_ALSO_OPPOSITE)
# A yes/no question must not call any of these wrong.
NEVER_A_FALSE_OPPOSITE = (
    ALSO_OPPOSITE | _facing(_DISPUTED) | set(OPPOSITES.items()) | {(value, word) for word, value in OPPOSITES.items()}
)

_REGULAR = """
    apple banana orange lemon carrot egg cookie spoon cup plate bottle table chair door window room house garden
    street road bridge car train boat plane bike truck engine wheel book page letter word number list question
    answer song picture game toy ball computer browser model token prompt server network key file folder
    screen phone camera printer robot laptop cat dog cow pig horse bird duck lion tiger bear elephant monkey
    rabbit snake spider tree flower river mountain lake island cloud star planet king queen doctor teacher student
    farmer friend brother sister girl boy day week month year hour minute hand arm leg eye ear nose hat shoe
    shirt coat valley turkey piano photo roof chef
""".split()

_ES = """
    box fox bus glass dish brush watch church bench match peach beach class dress wish tax potato tomato hero
    echo
""".split()

_IES = """
    city baby story family party country lady berry cherry library memory puppy fly body army factory battery
""".split()

_IRREGULAR = """
    mouse mice  goose geese  foot feet  tooth teeth  man men  woman women  child children  person people  ox oxen
    leaf leaves  knife knives  wolf wolves  life lives  wife wives  half halves  shelf shelves  loaf loaves
    thief thieves  calf calves  elf elves  sheep sheep  deer deer  fish fish  moose moose
    series series  species species  aircraft aircraft  crisis crises  analysis analyses  axis axes  oasis oases
    quiz quizzes  policeman policemen  fireman firemen  snowman snowmen
""".split()

PLURALS: dict[str, str] = (
    {noun: f"{noun}s" for noun in _REGULAR}
    | {noun: f"{noun}es" for noun in _ES}
    | {noun: f"{noun[:-1]}ies" for noun in _IES}
    | dict(zip(_IRREGULAR[::2], _IRREGULAR[1::2], strict=True))
)

# Plurals that are also used (of animals, often the word itself); a yes/no question must not call them wrong.
ALSO_PLURAL = frozenset(
    """
    persons fishes mouses deers oxes calfs heros echos flys
    ox foot pig horse duck lion tiger bear elephant rabbit fox wolf turkey
    """.split()
)
