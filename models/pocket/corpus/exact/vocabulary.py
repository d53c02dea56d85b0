"""The words whose letters Pocket knows, and made-up ones that look like words. Data."""

from __future__ import annotations

import random

WORDS = tuple(
    dict.fromkeys(
        """
        apple apricot banana bean berry bread butter cabbage cake candy carrot cheese cherry chicken chili coconut
        coffee cookie corn cream cucumber dinner egg fish flour fruit garlic ginger grape honey jam juice kiwi lemon
        lettuce lime mango meal meat melon milk mushroom noodle nut oat oil olive onion orange papaya pasta peach
        peanut pear pepper pickle pie pizza plum potato pumpkin radish raisin rice salad salt sauce soup spinach
        spice steak stew strawberry sugar syrup tea toast tofu tomato turnip vanilla vinegar walnut water wheat
        yogurt

        ant ape badger bat bear beaver bee beetle bird bison buffalo bull bunny camel cat cheetah cow crab crane
        cricket crow deer dog dolphin donkey dove dragon duck eagle eel elephant falcon ferret finch flamingo fly
        fox frog gazelle giraffe goat goose gorilla hamster hare hawk hen heron hippo hornet horse hyena insect
        kangaroo kitten koala lamb leopard lion lizard llama lobster magpie mole monkey moose mosquito moth mouse
        mule octopus otter owl oyster panda parrot peacock pelican penguin pig pigeon pony puppy rabbit raccoon rat
        raven rooster salmon seal shark sheep shrimp skunk sloth snail snake sparrow spider squid squirrel stork
        swan tiger toad trout tuna turkey turtle walrus wasp weasel whale wolf worm zebra

        acorn autumn beach branch bush canyon cave cliff cloud coast coral creek dawn desert dust earth field fire
        flower fog forest frost garden glacier grass gravel hail harbor hill ice island jungle lake lava leaf
        lightning lily maple meadow moon moss mountain mud oak ocean palm pebble pine planet pond rain rainbow reef
        river rock root rose sand sea season seed shadow shell shore sky snow soil spring star stone storm stream
        summer summit sun sunset swamp thunder tide tree tulip valley volcano wave weather willow wind winter wood

        apron attic bag ball balloon basket bath bed bell belt bench bike blanket boat book boot bottle bowl box
        brick bridge broom brush bucket button cabin camera candle carpet castle ceiling chair chimney clock coat
        coin comb compass cotton cradle crayon cup curtain cushion desk diamond dish doll door drawer dress drum
        engine eraser fence flag flute fork frame gate glass glove glue guitar hammer hat helmet house jacket jar
        jewel kettle key kite knife ladder lamp lantern letter lock map mask mirror mitten nail napkin needle oven
        paint pan paper pen pencil piano picture pillow pipe plate pocket pot purse puzzle ribbon ring roof rope rug
        ruler saddle sail saw scarf scissors shelf ship shirt shoe shovel sink skirt soap sock sofa spade spoon
        stairs stamp stool stove string table teapot tent thread ticket towel toy train tray truck tube umbrella
        vase violin wagon wall wallet wheel whistle window yarn

        account agent answer batch benchmark bit browser buffer byte cache chat chip code computer core data device
        disk draft energy error file folder format graph graphics hash image index input kernel keyboard laptop
        layer link loader logic loop machine matrix measure median memory message metric minute model module network
        neuron number output page phone pixel plugin power privacy prompt quality query question record report
        result router sample screen second select server session shader signal size software speed store system
        tablet tensor test text thread token vector version video weight worker

        adult airport artist aunt author baby bakery bank barber brother captain child church city clown cousin
        dancer daughter dentist doctor driver engineer family farmer father friend gardener guest hero hotel
        hospital hunter judge king lawyer library market mayor mother museum nephew nurse office painter park parent
        pilot pirate player poet police prince princess pupil queen sailor school sister soldier son station student
        student tailor teacher teenager theater tourist tower town uncle village visitor waiter wizard writer

        afraid alone ancient angry awake basic bitter black blue brave bright broken brown busy calm careful cheap
        clean clear clever cold common crazy cruel curious dark deep different dirty dry early easy empty equal
        every fair famous fast final fresh full funny gentle giant glad golden good great green grey happy hard
        heavy hidden high honest hungry important jolly kind large lazy little long loud lucky modern narrow new
        nice noisy old open perfect pink polite poor pretty proud purple quick quiet rapid red rich round rude sad
        safe sharp short shy silent silly silver simple sleepy slow small smart smooth soft special strange strong
        sweet tall thick thin tidy tiny tired warm weak white wide wild wise wooden yellow young

        action always animal arrive balance because become before begin believe between bring build carry catch
        choose circle climb color corner country cover create dance dream drink dusk eleven evening fifteen finger
        follow forget freedom future hello holiday invent jump kick kitchen language laugh learn letter listen
        living lunch magic middle million moment month morning movie music never night nothing numbers often
        paragraph party pattern people place play poem present problem promise quarter reach reason rescue rhythm
        search secret seven shape shout sing sleep smile sneeze song sound square start story success support
        surprise swim tennis theory thing thirteen thought today together tomorrow travel treasure triangle trouble
        twelve twenty under useful vacation voice wander whisper winner wonder world yesterday zero
        """.split()
    )
)

_ONSETS = "b c d f g h j k l m n p r s t v w y z bl br ch cl cr dr fl fr gl gr pl pr qu sh sl sn sp st th tr".split()
_VOWELS = "a a e e i o o u ai ea ee oo ou".split()
_ENDINGS = ["", "", "", *"b d g k l m n p r s t x nd ng nk rt st ll ss".split()]
LONGEST = 9


def made_up(rng: random.Random) -> str:
    """A pronounceable string of 3 to 9 letters; some repeat a syllable, which gives letters that occur often."""
    syllables = rng.choice((1, 2, 2, 3))
    parts = [rng.choice(_ONSETS) + rng.choice(_VOWELS) for _ in range(syllables)]
    if rng.random() < 0.2:
        parts.append(rng.choice(parts))
    word = ("".join(parts) + rng.choice(_ENDINGS))[:LONGEST]
    return word if len(word) > 2 else word + rng.choice("bdgklmnprst")


def word_or_made_up(rng: random.Random) -> str:
    """A listed word in two draws of three, else a made-up one, which teaches the operation and not the word."""
    return rng.choice(WORDS) if rng.random() < 0.67 else made_up(rng)
