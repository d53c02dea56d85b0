"""Plots that turn on one thing: the {thing} is there from the wish to the end."""

from __future__ import annotations

from .arcs import Arc
from .cast import WALK

_WALK = frozenset((WALK,))

THING_ARCS = (
    Arc("lost", (
        "{N} owned {a_thing} and wanted to show it at the fair.",
        "{N} was proud of {his} {thing} and wanted to bring it to the fair."),
    (
        "But on the morning of the fair the {thing} was gone.",
        "But when {he} looked for the {thing}, its place was empty."),
    (
        "{A_helper} helped {him} follow some tiny tracks to a hole under a root.",
        "Together with {a_helper} {he} followed a trail of tiny footprints."),
    (
        "There slept a baby mouse beside the {thing}, and {N} let it stay in the warm until the fair began.",
        "At the end of it sat a baby mouse who only wanted to look, and all three took the {thing} to the fair."),
        needs=_WALK),
    Arc("found", (
        "One day {N} found {a_thing} on the path and wanted to keep it.",
        "{N} found {a_thing} in the grass and wished to keep it forever."),
    (
        "Then {he} saw {a_helper} who was searching and looked very sad.",
        "But not far away {a_helper} was looking for something with tears in both eyes."),
    (
        "It was hard, but {N} held out the {thing} and asked, \"Is this yours?\"",
        "{N} looked at the {thing} once more and then gave it back."),
    (
        "The {helper} beamed, and from that day they used the {thing} together.",
        "The {helper} was full of joy, and from then on the {thing} belonged to them both."),
        needs=_WALK),
    Arc("broken", (
        "{N} had been allowed to borrow {a_thing} from {a_helper} and wanted to take good care of it.",
        "{A_helper} had lent {N} {a_thing}, and {he} wanted to keep it safe."),
    (
        "But {he} stumbled, and the {thing} broke.",
        "Then it slipped from {his} grip, and the {thing} broke in two."),
    (
        "{N} wanted to hide it, but instead {he} went to the {helper} and said, \"I am sorry.\"",
        "{His} heart beat fast, but {N} showed the {helper} the pieces and told the truth."),
    (
        "\"Things can be mended,\" said the {helper}, and they glued the {thing} together that same evening.",
        "The {helper} smiled and fetched some glue, and the mended {thing} was dearer to them than before."),
        needs=_WALK, not_with=("scarf", "blanket", "hat", "coat", "map", "ball", "book")),
    Arc("gift", (
        "{N} wanted to give {a_helper} something special and chose {a_thing}.",
        "{N} had {a_thing} and wanted to give it to {a_helper} as a gift."),
    (
        "On the way {he} slipped, and the {thing} fell into the mud.",
        "But it began to rain, and the {thing} got wet and dirty."),
    (
        "{N} wiped the {thing} again and again and walked on with a heavy heart.",
        "{N} cleaned the {thing} as well as {he} could and hoped it was still good enough."),
    (
        "\"You came all this way with the {thing} for me!\" said the {helper} and did not even see the mud.",
        "\"Nobody ever gave me {a_thing} before,\" said the {helper} and hugged {him}, mud and all."),
        needs=_WALK, green=True),
    Arc("share", (
        "{N} wanted to play with the {thing} all day.",
        "There was only one {thing}, and {N} wanted to have it all day."),
    (
        "But {a_helper} wanted the {thing} too, and they both pulled at it.",
        "But {a_helper} wanted it just as much, and they quarreled over the {thing}."),
    (
        "After a while both were tired, and {N} said, \"You take the morning, I take the afternoon.\"",
        "At last {N} let go and said, \"You may go first.\""),
    (
        "Soon they forgot to count the hours, because with two of them the {thing} was far more fun.",
        "The {helper} was so surprised that they shared the {thing}, and later the last cookie as well."),
        needs=_WALK),
    Arc("make", (
        "{N} wanted to make {a_thing} with {his} own hands.",
        "{N} decided to make {a_thing} all by {self}."),
    (
        "But the first one fell apart, and so did the second.",
        "But the first try looked more like a potato than {a_thing}."),
    (
        "\"My tenth one was the first good one,\" said {a_helper} and showed {him} a trick.",
        "{A_helper} told {him}, \"Every try teaches your hands something.\""),
    (
        "{N} tried again and again, and at last {he} held up a fine {thing} for all to see.",
        "On the tenth try it was done, and {N} had {a_thing} that no shop could sell."),
        needs=_WALK),
    Arc("old", (
        "{N} saw an old {thing} in the rubbish and wanted to save it.",
        "Someone had thrown away an old {thing}, and {N} wished to give it a home."),
    (
        "It was full of dust, and the others laughed at it.",
        "\"It is no good anymore,\" the others said, and it did look sad."),
    (
        "Night after night {N} brushed and mended it, and {a_helper} lent {him} the tools.",
        "With tools from {a_helper}, {N} cleaned and fixed it bit by bit."),
    (
        "In spring the {thing} looked like new, and everyone who had laughed asked to hold it.",
        "When it was done, the {thing} was the prettiest for miles, and {N} gave it a place by the window."),
        needs=_WALK),
    Arc("earn", (
        "In a shop window {N} saw {a_thing} and wanted it very much.",
        "{N} wished for {a_thing}, like the one in the shop window."),
    (
        "But {he} had only one small coin.",
        "But it cost ten coins, and {his} pocket held just one."),
    (
        "So {N} carried wood for {a_helper} every day, all through the autumn.",
        "{A_helper} needed help with the wood, so {N} worked there every day after breakfast."),
    (
        "When {he} came back with ten coins, the {thing} was still there, and it felt even better than {he} had dreamed.",
        "On the last day the {helper} opened a box, and in it lay the very {thing} from the window."),
        needs=_WALK),
    Arc("trade", (
        "{N} had {a_thing}, but {he} wanted a shiny coin instead.",
        "{N} wished for a shiny coin, though {he} already had {a_thing}."),
    (
        "{He} gave the {thing} to {a_helper} for the coin, and soon {he} missed it.",
        "{A_helper} took the {thing} and gave {him} the coin, but the coin was cold and dull."),
    (
        "{N} lay awake all night and in the morning asked, \"May I have it back?\"",
        "The next day {N} put the coin on the table and asked for the {thing} again."),
    (
        "\"I hoped you would ask,\" said the {helper}, and {N} never traded the {thing} again.",
        "The {helper} had kept the {thing} safe, and {N} held it as if it were gold."),
        needs=_WALK),
    Arc("deliver", (
        "{N} had promised to bring {a_thing} to {a_helper} before dark.",
        "{A_helper} was waiting for {a_thing}, and {N} wanted to bring it before dark."),
    (
        "But the way was long, and the {thing} grew heavier with every step.",
        "But halfway there {he} lost the path, and the {thing} felt very heavy."),
    (
        "{N} rested, sang a little song and told {self}: just to the next bend.",
        "{N} sat down, took three deep breaths and then went on from bend to bend."),
    (
        "As the first star came out, {N} put the {thing} down at the door, and the {helper} poured two cups of tea.",
        "The {helper} was already at the gate with a light, and {N} handed over the {thing} with a proud smile."),
        needs=_WALK),
    Arc("note", (
        "In an old chest {N} found {a_thing} and wanted to know who had left it there.",
        "{N} found {a_thing} in an old chest and wished to know whose it was."),
    (
        "{He} asked from door to door, but no one had ever seen the {thing}.",
        "There was no name on the {thing}, and nobody could help."),
    (
        "Then {a_helper} turned the {thing} over and found a tiny folded note.",
        "At last {a_helper} looked at the {thing} closely and pulled out a small note."),
    (
        "It said: this {thing} belongs to whoever cares enough to ask, and so it belonged to {N}.",
        "On it stood: for the one who asks kindly, and {N} hung the note beside the {thing}."),
        needs=_WALK),
    Arc("useless", (
        "{N} got {a_thing} for {his} birthday, but {he} had wished for something else.",
        "{N} had wished for a big surprise and got only {a_thing}."),
    (
        "{He} put the {thing} in a corner and did not look at it for weeks.",
        "\"What should I do with {a_thing}?\" {he} said and put it away."),
    (
        "Then {a_helper} fell ill and was bored, and {N} brought the {thing} along on a visit.",
        "One rainy day {N} took the {thing} to {a_helper}, who was ill and sad."),
    (
        "The {thing} made the {helper} smile for hours, and {N} saw what a good gift it was.",
        "They thought of ten games to play with the {thing}, and {N} never left it in a corner again."),
        needs=_WALK),
)  # fmt: skip
