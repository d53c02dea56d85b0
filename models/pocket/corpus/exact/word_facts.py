"""Pairs of opposites and the plurals of nouns. Data."""

from __future__ import annotations

_OPPOSITE_PAIRS = """
    hot cold  big small  tall short  fast slow  high low  old new  good bad  day night  light dark  open closed
    full empty  rich poor  happy sad  hard soft  strong weak  thick thin  wide narrow  deep shallow  clean dirty
    early late  near far  left right  up down  inside outside  front back  first last  always never  begin end
    start stop  win lose  give take  buy sell  push pull  love hate  laugh cry  remember forget  arrive leave
    question answer  true false  loud quiet  wet dry  safe dangerous  cheap expensive
    easy difficult  rough smooth  sharp blunt  brave afraid  polite rude  lucky unlucky  alive dead  asleep awake
    sweet bitter  summer winter  north south  east west  before after  above below  more less  many few
    all none  everything nothing  friend enemy  public private  ancient modern  black white  yes no  on off
    sit stand  add subtract  increase decrease  import export  success failure  minimum maximum  future past
    top bottom  rise fall  find hide  build destroy  accept refuse  noisy silent  simple complex  kind cruel
    wise foolish  plus minus  encode decode  upload download  visible invisible  possible impossible
    even odd  vertical horizontal  positive negative  entrance exit  teacher student
""".split()

# Words whose opposite is above in a pair with a closer match: they are asked for in this direction only.
_ONE_WAY = """
    heavy light  young old  large small  long short  wrong right  finish start  quick slow  evil good
""".split()

OPPOSITES: dict[str, str] = (
    dict(zip(_OPPOSITE_PAIRS[::2], _OPPOSITE_PAIRS[1::2], strict=True))
    | dict(zip(_OPPOSITE_PAIRS[1::2], _OPPOSITE_PAIRS[::2], strict=True))
    | dict(zip(_ONE_WAY[::2], _ONE_WAY[1::2], strict=True))
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

# Plurals that are also used; a yes/no question must not call them wrong.
ALSO_PLURAL = frozenset(("persons", "fishes"))
