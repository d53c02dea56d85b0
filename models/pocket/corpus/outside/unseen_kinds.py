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
    Kind("chess-move", ("What should white play after {a}?", "Is {a} a good opening move?"), {"a": ("e4", "d4", "Nf3")}),
    Kind("crossword", ("Crossword: river in {a}, four letters.", "I need a word for {a} in my crossword."),
         {"a": ("Europe", "Asia", "Africa")}),
    Kind("fashion", ("Does a red tie go with {a}?", "What shoes match {a}?"), {"a": ("jeans", "a blue suit", "a green dress")}),
    Kind("regex", ("Write a regular expression for {a}.", "How do I match {a} with a pattern?"),
         {"a": ("dates", "email addresses", "phone numbers")}),
    Kind("spreadsheet", ("Which Excel formula gives the {a} of a column?", "How do I compute the {a} in Excel?"),
         {"a": ("sum", "maximum", "rank")}),
    Kind("morse", ("Write {a} in Morse code.", "What is {a} in binary?", "What is {a} in Roman numerals?"),
         {"a": ("1999", "2024", "1888")}),
    Kind("toast", ("Write a toast for a {a}.", "What do I say at a {a}?"), {"a": ("wedding", "funeral", "graduation")}),
    Kind("pets", ("Why does my {a} scratch the sofa?", "How do I bathe a {a}?", "My {a} will not eat."),
         {"a": ("cat", "puppy", "rabbit")}),
    Kind("parenting", ("My toddler will not {a}. Any advice?", "When do babies {a}?"), {"a": ("sleep", "walk", "talk")}),
    Kind("interview", ("Ask me questions as in a job interview for a {a}.", "Pretend to be a {a}."),
         {"a": ("doctor", "police officer", "movie star")}),
)  # fmt: skip
