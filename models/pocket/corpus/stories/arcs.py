"""Plots in four steps: a wish, a trouble, a turn and an end that answers the wish.

Every step has several wordings, and any wording of one step fits any wording of the next.
Slots: {N} the name, {he} {He} {him} {his} {self} its pronouns, {s} the protagonist's kind, {a_helper} and {helper},
{a_thing} and {thing}.
"""

from __future__ import annotations

from dataclasses import dataclass

from .cast import EAT, FLY, SWIM, WALK


@dataclass(frozen=True)
class Arc:
    """One plot. `needs` and `never` speak of what the protagonist can do; `green` plots need weather and plants;
    `not_for` names protagonists whom the wish does not suit (a snowman who has never seen snow),
    `not_with` the things that do not suit it (a scarf does not break).
    """

    id: str
    wish: tuple[str, ...]
    trouble: tuple[str, ...]
    turn: tuple[str, ...]
    end: tuple[str, ...]
    needs: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    green: bool = False
    not_for: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    ends_at_night: bool = False

    @property
    def steps(self) -> tuple[tuple[str, ...], ...]:
        return (self.wish, self.trouble, self.turn, self.end)

    @property
    def has_thing(self) -> bool:
        return any("thing}" in text for text in self.wish)

    @property
    def has_helper(self) -> bool:
        return any("helper}" in text for step in self.steps for text in step)


_WALK = frozenset((WALK,))
_WALK_EAT = frozenset((WALK, EAT))

PLAIN_ARCS = (
    Arc("dark", (
        "{N} wanted to see the stars, but {he} was afraid of the dark.",
        "More than anything {N} wished to look at the stars, yet the dark frightened {him}."),
    (
        "Each evening, when the light faded, {he} hid until morning.",
        "As soon as the sun went down, {he} shut {his} eyes tight."),
    (
        "One night {a_helper} stayed with {him} and gave every small sound its name.",
        "Then {a_helper} sat down beside {him} and told {him} what each rustle was."),
    (
        "Once {N} knew the sounds, the dark felt like a friend, and {he} looked up at a thousand stars.",
        "After that the night was only a quiet room, and {N} counted stars until {he} fell asleep."),
        ends_at_night=True, not_for=("star", "owl", "bat", "ghost", "astronaut")),
    Arc("song", (
        "{N} wanted to sing at the spring feast.",
        "It was {his} dream to sing one song at the spring feast."),
    (
        "But whenever someone listened, {his} voice shook and the song stopped.",
        "Yet in front of others not a single note came out."),
    (
        "\"Sing only for me,\" said {a_helper}, \"and look at nobody else.\"",
        "{A_helper} said, \"Pretend that I am the only one here.\""),
    (
        "At the feast {N} looked for the {helper} in the crowd and sang the whole song without one mistake.",
        "When the day came, {N} sang to the {helper} alone, and everybody else heard it too."),
        not_for=("musician",)),
    Arc("race", (
        "{N} wanted to win the big summer race.",
        "All year {N} trained for the summer race."),
    (
        "{He} was leading when {a_helper} slipped and fell into a ditch.",
        "Just before the finish {he} saw {a_helper} stuck in the mud."),
    (
        "{N} looked at the finish line, turned around and pulled the {helper} out.",
        "{N} stopped at once and helped the {helper} back up."),
    (
        "They came in last, arm in arm, and the crowd cheered louder for them than for the winner.",
        "{He} did not win the race, but the {helper} gave {him} a ribbon that said: best friend."),
        needs=_WALK, green=True),
    Arc("far-hill", (
        "{N} wanted to know what lay behind the far blue hills.",
        "Every day {N} looked at the far blue hills and wondered what was behind them."),
    (
        "The way was long, and after one hour {his} feet hurt.",
        "But the road went on and on, and soon {he} was tired."),
    (
        "{A_helper} on the road said, \"Do not count the miles, count the nice things.\"",
        "Then {he} met {a_helper}, who said, \"Look for one beautiful thing at every bend.\""),
    (
        "{N} counted ninety nice things and then stood on top, and the wide land lay shining before {him}.",
        "So {he} went from one lovely thing to the next until, behind the last hill, {he} saw a land full of yellow flowers."),
        needs=_WALK, green=True),
    Arc("hello", (
        "{N} was new there and wanted a friend.",
        "{N} had only just moved there, and {he} wished for a friend."),
    (
        "But {he} was too shy to say the first word.",
        "Every time someone came by, the word hello got stuck."),
    (
        "One morning {he} noticed {a_helper} who was just as shy and looked at the ground.",
        "Then {he} saw {a_helper} standing all alone and knew that look very well."),
    (
        "{N} took a deep breath and said hello, and the {helper} smiled and said it back.",
        "\"Hello,\" {he} whispered, and by evening {N} and the {helper} were telling each other everything.")),
    Arc("cake", (
        "{N} wanted to bake a cake for {a_helper} who had a birthday.",
        "It was the birthday of {a_helper}, and {N} decided to bake a cake."),
    (
        "But {he} forgot the time, and the cake came out as black as coal.",
        "The first cake burned, and the second one fell on the floor."),
    (
        "There was only enough left for one tiny cake, no bigger than a nut.",
        "With the last spoon of flour {he} made a cake as small as a coin."),
    (
        "The {helper} laughed with joy, cut it in two and said it was the finest birthday cake of all.",
        "\"It is just right,\" said the {helper}, and they shared it crumb by crumb."),
        needs=_WALK_EAT),
    Arc("sunflower", (
        "{N} planted one seed and wanted it to become a sunflower.",
        "One day {N} put a sunflower seed into the earth and waited."),
    (
        "A week went by, and nothing at all came up.",
        "Day after day {he} looked, and the ground stayed bare."),
    (
        "\"It is busy where you cannot see it,\" said {a_helper}. \"Give it water and time.\"",
        "{A_helper} told {him}, \"Roots come first. Keep on watering.\""),
    (
        "{N} kept on watering, and by summer {he} stood in the shade of a big yellow flower.",
        "One morning a green tip came up, and by summer {N} had a flower as tall as a door."),
        needs=_WALK, green=True),
    Arc("bridge", (
        "{N} wanted to visit {his} cousin on the other side of the stream.",
        "On the far side of the stream lived {his} cousin, and {N} longed to go there."),
    (
        "But the old bridge had been washed away by the rain.",
        "But a storm had broken the little bridge."),
    (
        "{N} and {a_helper} carried planks and tied them together, one by one.",
        "{A_helper} brought rope, {N} brought wood, and they built from both ends."),
    (
        "At sunset {N} ran across the new bridge, straight into the arms of {his} cousin.",
        "The new bridge was a bit crooked, but it held, and the cousins ate supper together."),
        needs=_WALK_EAT, green=True),
    Arc("picnic", (
        "{N} had planned a picnic for all {his} friends.",
        "{N} invited all {his} friends to a picnic."),
    (
        "But on that very day it rained and rained.",
        "Then dark clouds came, and rain ran down in sheets."),
    (
        "{A_helper} knocked and said, \"We could eat under the table and call it a tent.\"",
        "\"Hang up a blanket,\" said {a_helper}, \"and we will have our own dry little sky.\""),
    (
        "They ate plums in their tent while the rain drummed, and nobody wanted the sun back.",
        "It was warm and crowded and full of laughing, and {N} hoped it would rain again soon."),
        needs=_WALK_EAT, green=True),
    Arc("chick", (
        "{N} wanted nothing but a quiet day and a long nap.",
        "It was a warm day, and {N} only wanted to rest."),
    (
        "Then a tiny lost chick came by and cried for its mother.",
        "But a lost little chick sat down beside {him} and wept."),
    (
        "{N} sighed, got up and asked at every door until {a_helper} knew the way.",
        "So {N} walked with it from place to place until {a_helper} showed them the right nest."),
    (
        "The mother hen hugged them both, and {N} took the best nap of {his} life among the chicks.",
        "The hen wept for joy, and that night {N} slept more deeply than ever before."),
        needs=_WALK, green=True, ends_at_night=True, not_for=("hen", "rooster")),
    Arc("snow", (
        "{N} had never seen snow and wished for it all autumn.",
        "All autumn {N} waited for the first snow of {his} life."),
    (
        "But winter came, and every day was only gray and wet.",
        "The days grew cold, but the sky sent nothing but rain."),
    (
        "\"Snow likes to come when nobody is looking,\" said {a_helper}.",
        "{A_helper} said, \"Stop staring at the sky, and it will come.\""),
    (
        "So {N} went to sleep, and in the morning the whole world was white and still.",
        "That night {N} did not look up once, and at dawn soft white flakes were falling everywhere."),
        green=True, not_for=("snowflake", "snowman", "penguin", "grandmother", "grandfather")),
    Arc("swim", (
        "{N} wanted to learn how to swim.",
        "On hot days {N} watched the others swim and wanted to join them."),
    (
        "But deep water made {him} tremble.",
        "But as soon as {his} toes were wet, {he} ran back."),
    (
        "{A_helper} said, \"Today only the feet. Tomorrow only the knees.\"",
        "\"We will go one small step deeper each day,\" said {a_helper}."),
    (
        "After two weeks {N} let go of the ground, and the water carried {him} like a big soft hand.",
        "Step by step the fear grew smaller, and one day {N} was floating and laughing."),
        needs=_WALK_EAT, never=frozenset((SWIM, FLY)), green=True),
    Arc("paint", (
        "{N} wanted to paint a picture of the sunrise.",
        "One morning {N} decided to paint the sunrise."),
    (
        "But the red paint was all used up, and the shop was closed.",
        "But there was not one drop of red left."),
    (
        "\"Try these,\" said {a_helper} and held out a handful of berries.",
        "Then {a_helper} came by with a bag of ripe berries."),
    (
        "{N} painted with berry juice, and the picture glowed and even smelled like a summer morning.",
        "The berry red was better than any paint, and {N} gave the {helper} the finished picture."),
        needs=_WALK, green=True),
    Arc("letter", (
        "{N} wished to get a letter, just once.",
        "Every morning {N} hoped that a letter would come."),
    (
        "But the mailbox stayed empty, week after week.",
        "Yet all the letters were always for somebody else."),
    (
        "Then {he} thought that {a_helper} next door might be waiting too, and wrote a letter first.",
        "So one day {he} wrote one {self}, to {a_helper} who lived all alone."),
    (
        "The next morning there was an answer, and it began with the words: dear {N}.",
        "Two days later the {helper} wrote back three full pages, and {N} read them five times."),
        needs=_WALK),
    Arc("storm-light", (
        "{N} wanted to be useful, but everyone said {he} was too little.",
        "{N} wished to do something important, even though {he} was little."),
    (
        "One night a storm put out every light, and {a_helper} could not find the way home.",
        "Then a storm came at night, and somewhere in the dark {a_helper} was lost."),
    (
        "{N} lit a small lamp and held it up for hours.",
        "So {N} lit one small lamp and did not let it go out."),
    (
        "The {helper} saw the tiny light and came home safe, and nobody called {N} too little again.",
        "\"I saw your light,\" said the {helper} at last, and {N} felt ten feet tall."),
        needs=_WALK, green=True, not_for=("king", "queen", "grandmother", "grandfather", "giant", "elephant", "hippo", "rhino")),
    Arc("dance", (
        "{N} loved music and wanted to dance at the ball.",
        "There was going to be a ball, and {N} wanted to dance."),
    (
        "But {he} always tripped over {his} own feet.",
        "But {his} steps came out wrong, and some of the others giggled."),
    (
        "{A_helper} watched and said, \"Hop where you stumble, and it becomes a step.\"",
        "\"A stumble with a smile is a new dance,\" said {a_helper}."),
    (
        "At the ball {N} stumbled, hopped and turned, and soon the whole room danced just like {him}.",
        "So {N} hopped and swayed in {his} own way, and before long everyone wanted to learn it."),
        needs=_WALK),
    Arc("laugh", (
        "{N} knew {a_helper} who never laughed, and {he} wanted to change that.",
        "{N} wished to make {a_helper} laugh, for nobody ever had."),
    (
        "{He} tried jokes, funny hats and silly songs, but nothing helped.",
        "{He} told all the jokes {he} knew, and the {helper} only sighed."),
    (
        "At last {N} gave up and simply asked, \"What makes you so sad?\"",
        "Then {N} stopped joking and said, \"Tell me what is wrong.\""),
    (
        "The {helper} talked for a long time, felt lighter, and laughed at the very first joke.",
        "Nobody had ever asked before, and when all was told, the {helper} began to smile and then to laugh.")),
    Arc("loud", (
        "{N} had a very loud voice and wished it were soft.",
        "{N} wished for a soft voice, because {his} own was much too loud."),
    (
        "Whenever {he} spoke, cups rattled and babies woke up.",
        "Even {his} whisper was so loud that the neighbors closed their windows."),
    (
        "Then thick fog came, and {a_helper} and many others lost their way.",
        "One day a fog fell, and {a_helper} called for help from far away."),
    (
        "{N} shouted, \"This way!\" and {his} big voice led every one of them home.",
        "{N} called as loudly as {he} could, and the {helper} followed the voice back to safety."),
        green=True),
    Arc("small-gap", (
        "{N} wanted to be big like the others.",
        "{N} was smaller than all the others and wished to be big."),
    (
        "In every game {he} was chosen last.",
        "{He} could not reach the shelf, the rope or the ball."),
    (
        "Then {a_helper} dropped a ring into a narrow crack, and no big hand could reach it.",
        "One day {a_helper} lost a gold ring under the floor, and nobody else fit through the hole."),
    (
        "{N} slipped in, came out with the ring, and from then on {he} was chosen first.",
        "Only {N} could crawl inside, and when {he} brought back the ring, being small felt just right."),
        needs=_WALK, not_for=("king", "queen", "grandmother", "grandfather", "giant", "elephant", "giraffe", "hippo", "rhino", "bear", "horse", "moose")),
    Arc("slow", (
        "{N} was slow and wished to be quick.",
        "{N} wished {he} were as quick as all the others."),
    (
        "The others were always far ahead and never waited.",
        "When {he} arrived somewhere, everyone was already leaving."),
    (
        "Then {a_helper} lost a silver coin, and the quick ones ran right past it.",
        "One day {a_helper} had lost a silver coin, and all the quick ones found nothing."),
    (
        "{N} went slowly, looked at every pebble and found it before noon.",
        "{N} took {his} time, saw a little gleam in the sand and gave the coin back to the {helper}.")),
    Arc("roof", (
        "{N} wanted to build a little house of {his} own.",
        "It was {his} dream to live in a house that {he} had built {self}, so {N} began."),
    (
        "But with the first rain water dripped through the roof onto {his} bed.",
        "But the roof had more holes than a cheese."),
    (
        "{A_helper} saw the bucket on the bed and came back with ten friends and a ladder.",
        "In the morning {a_helper} stood at the door with a hammer and a long line of friends."),
    (
        "By evening the roof was tight, and {N} cooked soup for everyone in {his} dry new house.",
        "Together they fixed it, and the first thing {N} built next was a long table for them all."),
        needs=_WALK_EAT, green=True),
    Arc("truth", (
        "{N} wanted to taste just one spoon of the jam that belonged to {a_helper}.",
        "On the shelf of {a_helper} stood a jar of jam, and {N} wanted one little taste."),
    (
        "One spoon became two, and soon the jar was empty.",
        "It was so good that {he} did not stop until the jar was empty."),
    (
        "All night {N} could not sleep, and in the morning {he} went and told the truth.",
        "{N} felt bad about it, so {he} knocked on the door and told everything."),
    (
        "\"Then we will make new jam together,\" said the {helper}, and they cooked until the stars came out.",
        "The {helper} nodded, gave {him} a basket, and they picked berries for a new jar side by side."),
        needs=_WALK_EAT, green=True),
    Arc("berries", (
        "{N} found a bush full of sweet berries and wanted them all for {self}.",
        "{N} knew a secret bush of berries and did not want to share it."),
    (
        "But there were too many, and the first ones began to spoil.",
        "{He} ate until {his} belly hurt, and still the bush was full."),
    (
        "Then {a_helper} walked by, looking thin and hungry.",
        "That day {he} saw {a_helper} who had found nothing to eat."),
    (
        "{N} filled a big bowl for the {helper}, and the berries tasted twice as sweet together.",
        "\"Come with me,\" said {N}, and from that day the secret bush had two friends sitting under it."),
        needs=_WALK_EAT, green=True),
    Arc("sleep", (
        "{N} was tired and wanted to sleep.",
        "It was late, and {N} wanted nothing more than to sleep."),
    (
        "But {his} thoughts ran in circles and would not stop.",
        "But {he} turned left and right and was wide awake."),
    (
        "\"Tell me three good things about today,\" said {a_helper} softly.",
        "{A_helper} came and whispered, \"Think of three good things that happened today.\""),
    (
        "{N} named the first, then the second, and before the third {he} was fast asleep.",
        "At the first one {N} smiled, at the second {he} yawned, and nobody ever heard the third."),
        ends_at_night=True),
    Arc("birthday", (
        "It was {his} birthday, and {N} hoped that someone would remember it.",
        "{N} woke up on {his} birthday and hoped for a little surprise."),
    (
        "But everybody hurried past and said nothing.",
        "But the whole day long nobody said a word about it."),
    (
        "In the evening {a_helper} called, \"Come quickly, I need your help!\"",
        "When the sun was low, {a_helper} asked {him} to come along and help with something."),
    (
        "Around the corner stood all {his} friends with lights and songs, and {N} was so happy that {he} cried a little.",
        "There were lanterns, music and every friend {he} had, and they all sang for {N} until late."),
        ends_at_night=True),
    Arc("moon-follow", (
        "{N} noticed that the moon always followed {him} and wanted to know why.",
        "Wherever {N} was, the moon was there too, and {he} wished to know the reason."),
    (
        "{He} asked everyone, but they were all too busy to answer.",
        "But nobody {he} asked had ever thought about it."),
    (
        "{A_helper} thought for a while and said, \"It follows me too.\"",
        "At last {a_helper} told {him}, \"That is strange, it always comes with me as well.\""),
    (
        "They waved good night, and {N} was glad that the moon could be with all of them at once.",
        "{N} laughed, for now {he} knew that far away friends could look at the same moon."),
        green=True, ends_at_night=True),
    Arc("read", (
        "{N} wanted to read the sign over the old gate.",
        "Over the old gate hung a sign, and {N} wished {he} could read it."),
    (
        "But to {him} the letters were only lines and loops.",
        "But {he} had never learned a single letter."),
    (
        "{A_helper} promised to teach {him} one letter a day.",
        "Every afternoon {a_helper} drew one letter in the sand for {him}."),
    (
        "After a month {N} stood there and read it aloud: all who are curious may come in.",
        "When the last letter was learned, {N} read the sign and smiled, for it said: welcome."),
        not_for=("teacher", "doctor", "wizard", "inventor", "astronaut", "king", "queen", "grandmother", "grandfather")),
    Arc("winter-store", (
        "{N} wanted to fill {his} pantry before winter.",
        "Winter was near, and {N} still had to gather food."),
    (
        "But {he} caught a cold and had to stay in bed.",
        "Then {he} hurt {his} foot and could not go out."),
    (
        "{A_helper} heard about it and told all the others.",
        "The next morning {a_helper} looked in at the window, nodded and hurried off."),
    (
        "By night there were nuts, apples and bread at {his} door, and {N} had enough for two winters.",
        "Soon one friend after another brought a little something, and the shelves of {N} were full."),
        needs=_WALK_EAT, green=True),
    Arc("above", (
        "{N} wanted to see the world from high above, like the birds.",
        "{N} watched the birds and wished to see what they saw."),
    (
        "{He} jumped from a log and flapped, but {he} only landed in the mud.",
        "{He} tied leaves to {his} arms and jumped, and it did not work at all."),
    (
        "\"There are other ways up,\" said {a_helper} and pointed to the tallest tree.",
        "{A_helper} helped {him} up and said, \"Have you tried climbing?\""),
    (
        "Branch by branch {N} climbed, and at the top the whole wide land lay at {his} feet.",
        "It took all afternoon, but from the top of the tree {N} saw the roofs, the fields and the birds below."),
        needs=_WALK_EAT, never=frozenset((FLY, SWIM)), green=True, not_for=("dragon", "astronaut", "grandmother", "grandfather", "giant", "giraffe", "ghost", "alien")),
    Arc("echo", (
        "{N} heard a voice in the rocks and wanted to meet whoever it was.",
        "Whenever {N} called out, a voice in the rocks answered, and {he} longed to meet it."),
    (
        "{He} searched all day, but nobody was there.",
        "{He} looked behind every stone and found no one."),
    (
        "\"That is only your echo,\" said {a_helper}. \"It says what you say.\"",
        "{A_helper} explained, \"The rocks send your own voice back to you.\""),
    (
        "{N} was sad for a moment, then called, \"I like you!\" and both the echo and the {helper} said it back.",
        "So {N} and the {helper} called kind words together, and the rocks had never sounded so friendly.")),
)  # fmt: skip
