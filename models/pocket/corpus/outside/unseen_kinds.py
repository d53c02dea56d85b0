"""Kinds of request that training never shows, in words of their own: for testing only. Data."""

from __future__ import annotations

from .kind import Kind

UNSEEN_KINDS = (
    Kind("baby-name", ("Suggest a name for my baby {a}.", "Which name suits a baby {a}?", "Think of ten names for a {a}."),
         {"a": ("girl", "boy", "brother", "sister")}),
    Kind("slogan", ("Write a slogan for my {a}.", "Find a brand name for a {a}.", "Write an advert for a {a}."),
         {"a": ("bakery", "gym", "hair salon", "toy shop")}),
    Kind("diet", ("Make me a diet plan for {a} days.", "How much sugar may I eat in {a} days?"), {"a": ("3", "7", "30")}),
    Kind("workout", ("Give me a workout for my {a}.", "Which exercise trains my {a}?"), {"a": ("legs", "back", "arms")}),
    Kind("fashion", ("Does a red tie go with {a}?", "What shoes match {a}?"), {"a": ("jeans", "a blue suit", "a green dress")}),
    Kind("regex", ("Write a regular expression for {a}.", "How do I match {a} with a pattern?"),
         {"a": ("dates", "email addresses", "phone numbers")}),
    Kind("morse", ("Write {a} in Morse code.", "What is {a} in binary?", "What is {a} in Roman numerals?"),
         {"a": ("1999", "2024", "1888")}),
    Kind("toast", ("Write a toast for a {a}.", "What do I say at a {a}?"), {"a": ("wedding", "funeral", "graduation")}),
    Kind("pets", ("Why does my {a} scratch the sofa?", "How do I bathe a {a}?", "My {a} will not eat."),
         {"a": ("cat", "puppy", "rabbit")}),
    Kind("parenting", ("My toddler will not {a}. Any advice?", "When do babies {a}?"), {"a": ("sleep", "walk", "talk")}),
    Kind("interview", ("Ask me questions as in a job interview for a {a}.", "Pretend to be a {a}."),
         {"a": ("doctor", "police officer", "movie star")}),
    Kind("harmony", ("Which notes belong to {a}?", "Transpose {a} up by a third."),
         {"a": ("C sharp minor", "the dominant of G", "a B flat seventh chord")}),
    Kind("collecting", ("How do I tell whether a {a} is forged?", "What would a collector pay for this {a}?"),
         {"a": ("stamp", "banknote", "silver coin")}),
    Kind("sea-signals", ("Which flag do ships hoist for {a}?", "How does a captain signal {a}?"),
         {"a": ("man overboard", "fog", "quarantine")}),
    Kind("fishing", ("Which bait attracts {a}?", "How thick should my line be for {a}?"), {"a": ("carp", "trout", "pike")}),
    Kind("origami", ("Where is the first crease when I fold {a}?", "Which side of the sheet faces up for {a}?"),
         {"a": ("a crane", "a hat", "a box")}),
    Kind("kinship", ("How is the {a} of my great-aunt related to me?", "What do I call my step-father's {a}?"),
         {"a": ("nephew", "half-sister", "godson")}),
    Kind("dialing", ("Which place has the area code {a}?", "Somebody rang me from {a}. From where was it?"),
         {"a": ("0044", "212", "0176")}),
    Kind("foraging", ("I picked {a} in the woods. May I taste them?", "Are {a} ripe in August?"),
         {"a": ("red berries", "wild plums", "chestnuts")}),
    Kind("conjuring", ("How does the magician make {a} vanish?", "Reveal how {a} can float."),
         {"a": ("the rabbit", "the lady", "the ring")}),
)  # fmt: skip
