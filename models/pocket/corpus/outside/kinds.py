"""The kinds of request outside Pocket's training that it sees while it is trained. Data."""

from __future__ import annotations

from corpus.knowledge.asking import how_to, topic
from corpus.knowledge.phrasing import compare, why

from . import pools as p
from .kind import Kind

_BIG = tuple(str(n) for n in range(101, 1000))
_HUGE = tuple(str(n) for n in range(1001, 99_999, 37))
_FACTOR = tuple(str(n) for n in range(3, 1000))
_SMALL = tuple(str(n) for n in range(2, 60))
_YEAR = tuple(str(n) for n in range(1066, 2025))

# "What about ...?" is how a second exact task is asked, so it does not say what lies outside.
_TOPIC = tuple(template for template in topic("{a}") if not template.startswith("What about"))


def _of(**fill: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return fill


_WORK = (
    Kind("code", (
        "Write a program in {a} that {b}.", "Write {a} code that {b}.", "Can you write a {a} script that {b}?",
        "Show me {a} code that {b}.", "I need a function in {a} that {b}.", "Please code something in {a} that {b}.",
        "Give me a {a} example that {b}.", "Write a {a} function.", "Can you code in {a}?", "Help me with my {a} code.",
    ), _of(a=p.LANGUAGE, b=p.PROGRAM)),
    Kind("debug", (
        "Why does my {a} code not run?", "Fix this {a} bug.", "I get an error in {a}.", "My {a} program crashes.",
        "What is wrong with this {a} code?", "How do I debug {a}?", "Find the bug in my {a} function.",
        "How do I install {a}?",
    ), _of(a=p.LANGUAGE)),
    Kind("translate", (
        "Translate \"{a}\" into {b}.", "How do you say \"{a}\" in {b}?", "What is \"{a}\" in {b}?", "Translate into {b}: {a}",
        "Please translate \"{a}\" to {b}.", "Say \"{a}\" in {b}.", "Write \"{a}\" in {b}.", "Can you translate this to {b}: {a}",
        "I need \"{a}\" in {b}.",
    ), _of(a=p.PHRASE, b=p.TONGUE)),
    Kind("email", (
        "Write an email to {a} about {b}.", "Help me write an email to {a} about {b}.", "Write to {a} about {b}.",
        "Draft a message to {a} about {b}.", "Can you write a polite email to {a} about {b}?", "I need an email for {a} about {b}.",
        "Write a letter to {a} about {b}.", "Compose a short mail to {a} about {b}.",
    ), _of(a=p.RELATION, b=p.OCCASION)),
    Kind("essay", (
        "Write an essay about {a}.", "Write 500 words on {a}.", "I need an essay on {a}.", "Help me with my essay about {a}.",
        "Write a report on {a}.", "Can you write an article about {a}?", "Give me three arguments about {a}.",
        "Write a speech about {a}.", "Write a blog post about {a}.",
    ), _of(a=p.SUBJECT)),
    Kind("poem", (
        "Write a {b} about {a}.", "Can you write a {b} about {a}?", "I would like a {b} about {a}.", "Compose a {b} about {a}.",
        "Give me a {b} about {a}.", "Please write me a {b} about {a}.", "Make a {b} about {a}.", "A {b} about {a}, please.",
    ), _of(a=p.RHYME + p.BEAST, b=p.POEM)),
    Kind("grammar", (
        "Correct this sentence: {a}", "Fix the grammar: {a}", "Is this correct: {a}", "Check my grammar: {a}",
        "Please correct: {a}", "What is wrong with \"{a}\"?", "Improve this sentence: {a}", "Proofread this: {a}",
    ), _of(a=p.SENTENCE)),
    Kind("summary", (
        "Summarize {a}.", "Give me a summary of {a}.", "Can you summarize {a}?", "Sum up {a} in three lines.",
        "What is {a} about?", "Tell me the plot of {a}.", "How does {a} end?", "Summarise the text of {a} for me.",
    ), _of(a=p.BOOK + p.MOVIE)),
    Kind("rewrite", (
        "Summarize this text.", "Make this text shorter: {a}", "Rewrite this politely: {a}", "Paraphrase this: {a}",
        "Say this in other words: {a}", "Rewrite \"{a}\" in a formal style.", "Make this sound better: {a}",
        "Turn this into a question: {a}", "Summarise the following article.", "Shorten my text, please.",
    ), _of(a=p.SENTENCE + p.PHRASE)),
    Kind("job", (
        "How do I become a {a}?", "What does a {a} earn?", "Write a resume for a {a}.", "Help me apply as a {a}.",
        "What does a {a} do all day?", "Write a cover letter for a job as a {a}.", "Should I become a {a}?",
        "Which school do I need to be a {a}?",
    ), _of(a=p.JOB)),
)  # fmt: skip

_NOW = (
    Kind("weather", (
        "What is the weather in {a}?", "How is the weather in {a} today?", "Will it rain in {a} tomorrow?",
        "Weather forecast for {a}", "Is it cold in {a}?", "Do I need an umbrella in {a}?", "How warm is it in {a} now?",
        "What's the temperature in {a}?", "Is it snowing in {a}?",
    ), _of(a=p.CITY)),
    Kind("news", (
        "What is the news about {a}?", "What happened in {a} today?", "Give me the latest news from {a}.",
        "Any news about {a}?", "What are the headlines about {a}?", "Tell me the news of today.",
        "What is new at {a}?", "Who is in the news from {a}?",
    ), _of(a=p.CITY + p.COMPANY)),
    Kind("sport-result", (
        "Who won the game between {a} and {b}?", "Did {a} win yesterday?", "What was the score of {a} against {b}?",
        "When does {a} play next?", "Who is the best player of {a}?", "How many titles has {a} won?",
        "Who is the coach of {a}?", "Will {a} beat {b}?", "How did {a} play last night?",
    ), _of(a=p.TEAM, b=p.TEAM)),
    Kind("sport-winner", (
        "Who won the {a} world cup in {b}?", "Who is the best {a} player of all time?", "What are the rules of {a}?",
        "How long does a {a} match last?", "How many players are in a {a} team?", "Who won gold in {a} in {b}?",
        "Who invented {a}?", "When did {a} become Olympic?",
    ), _of(a=p.SPORT, b=_YEAR)),
    Kind("time", (
        "What time is it in {a}?", "What time is it?", "What is the date today?", "What day is it today?",
        "Tell me the time in {a}.", "Which year is it?", "What is the time difference to {a}?", "Is it night in {a} now?",
        "How late is it?", "When does the sun set in {a}?",
    ), _of(a=p.CITY)),
    Kind("stocks", (
        "What is the stock price of {a}?", "Should I buy {a} shares?", "How is {a} stock doing?", "Who is the CEO of {a}?",
        "When was {a} founded?", "How many people work at {a}?", "Will {a} go up or down?", "What does {a} sell?",
        "Who founded {a}?", "What is {a} worth?",
    ), _of(a=p.COMPANY)),
    Kind("invest", (
        "Should I invest in {a}?", "Is {a} a good investment?", "How much money should I put in {a}?", "Will {a} rise this year?",
        "When should I sell {a}?", "How do I buy {a}?", "Where can I trade {a}?", "Is now a good time to buy {a}?",
    ), _of(a=p.ASSET)),
    Kind("price", (
        "How much does {a} cost?", "What is the price of {a}?", "Where can I buy {a}?", "How much is {a} in {b}?",
        "Which {c} should I buy?", "Order {a} for me.", "Find me a cheap offer for {a}.", "Is {a} expensive?",
    ), _of(a=p.PRODUCT, b=p.CITY, c=("laptop", "phone", "car", "bike", "camera", "watch", "bed", "fridge", "drone", "tent"))),
    Kind("account", (
        "What is my {a}?", "Show me my {a}.", "Change my {a}.", "I forgot my {a}.", "Where is my {a}?", "Look up my {a}.",
        "Update my {a}, please.", "Can you find my {a}?", "Do you know my {a}?", "Cancel my {a}.",
    ), _of(a=p.DETAIL)),
    Kind("assistant", (
        "Set a timer for {a} minutes.", "Remind me in {a} minutes.", "Call {b}.", "Send a message to {b}.",
        "Wake me up in {a} minutes.", "Turn off the light.", "Play some music.", "Book a table for {a} people.",
        "Put {b} in my calendar.", "Start a video call with {b}.", "Turn up the volume.",
    ), _of(a=_SMALL, b=p.RELATION)),
    Kind("image", (
        "Draw {a}.", "Make a picture of {a}.", "Generate an image of {a}.", "Paint {a} for me.", "Create a logo with {a}.",
        "Can you draw {a}?", "Show me a photo of {a}.", "Design a poster with {a}.", "Make a video of {a}.",
    ), _of(a=p.BEAST)),
    Kind("traffic", (
        "How do I get from {a} to {b}?", "How far is it from {a} to {b}?", "When does the next train to {a} leave?",
        "Book a flight from {a} to {b}.", "How long is the flight to {a}?", "Is there a bus from {a} to {b}?",
        "What is the fastest way to {a}?", "Is there traffic in {a}?",
    ), _of(a=p.CITY, b=p.CITY)),
)  # fmt: skip

_HUMANITIES = (
    Kind("history-date", (
        "When was {a}?", "Who took part in {a}?", "Why did {a} happen?", "What caused {a}?", "Tell me about {a}.",
        "What happened during {a}?", "Which year was {a}?", "How long did {a} last?", "Explain {a}.", "What came after {a}?",
    ), _of(a=p.EVENT)),
    Kind("history-year", (
        "What happened in {a}?", "Who was king in {a}?", "Who ruled {b} in {a}?", "Who won the election in {a}?",
        "Which war was in {a}?", "Tell me about the year {a}.", "What was invented in {a}?", "Who was born in {a}?",
    ), _of(a=_YEAR, b=p.STATE)),
    Kind("empire", (
        "Who were {a}?", "When did {a} fall?", "Tell me about {a}.", "How did {a} live?", "What was {a}?",
        "Why did {a} disappear?", "Where was the home of {a}?", "What did {a} believe?", "What did {a} build?",
    ), _of(a=p.ANCIENT)),
    Kind("person", (
        "Who was {a}?", "When was {a} born?", "Tell me about {a}.", "When did {a} die?", "What did {a} do?",
        "Where did {a} live?", "Why is {a} famous?", "Write a biography of {a}.", "Was {a} married?", "Who was the mother of {a}?",
        "What is {a} known for?",
    ), _of(a=p.PERSON)),
    Kind("ruler", (
        "Who is the {a} of {b}?", "Who was the first {a} of {b}?", "Who will be the next {a} of {b}?",
        "How old is the {a} of {b}?", "What is the name of the {a} of {b}?", "Does {b} have a {a}?",
        "Who was {a} of {b} before?", "Tell me about the {a} of {b}.",
    ), _of(a=p.ROLE_OF, b=p.STATE)),
    Kind("country", (
        "How many people live in {a}?", "What language do they speak in {a}?", "What is the flag of {a}?",
        "What is the currency of {a}?", "How big is {a}?", "Which countries border {a}?", "What do people eat in {a}?",
        "What is the highest mountain in {a}?", "Tell me about {a}.", "What is the largest city of {a}?",
        "What is the national anthem of {a}?", "What religion do they have in {a}?",
    ), _of(a=p.STATE)),
    Kind("capital-elsewhere", (
        "What is the capital of {a}?", "What's the capital of {a}?", "Tell me the capital of {a}.",
        "Which city is the capital of {a}?", "Name the capital of {a}.", "Do you know the capital of {a}?",
        "The capital of {a} is what?", "Capital of {a}?",
    ), _of(a=p.REGION)),
    Kind("landmark", (
        "How high is {a}?", "Where is {a}?", "How old is {a}?", "Who built {a}?", "Tell me about {a}.", "How long is {a}?",
        "How deep is {a}?", "Can I visit {a}?", "Who discovered {a}?", "How do I get to {a}?",
    ), _of(a=p.PLACE)),
    Kind("travel", (
        "Plan a trip to {a}.", "What should I see in {a}?", "Which hotel is good in {a}?", "Is {a} safe for tourists?",
        "What is the best time to visit {a}?", "Do I need a visa for {a}?", "How expensive is a week in {a}?",
        "Where should I eat in {a}?", "What should I pack for {a}?",
    ), _of(a=p.COUNTRY_TRIP)),
    Kind("book", (
        "Who wrote {a}?", "Have you read {a}?", "Recommend a book like {a}.", "Who is the hero of {a}?", "When was {a} written?",
        "How many pages does {a} have?", "Quote a line from {a}.", "Is {a} worth reading?", "What is the moral of {a}?",
    ), _of(a=p.BOOK)),
    Kind("movie", (
        "Who directed {a}?", "Who plays the lead in {a}?", "When did {a} come out?", "Is {a} a good movie?",
        "Recommend a movie like {a}.", "Where can I watch {a}?", "How many Oscars did {a} win?", "Who wrote the music for {a}?",
        "Is there a sequel to {a}?",
    ), _of(a=p.MOVIE)),
    Kind("song", (
        "Give me the lyrics of {a}.", "Who sings {a}?", "What are the lyrics of {a}?", "Sing {a}.", "What are the chords of {a}?",
        "Who wrote the song {a}?", "When was the song {a} released?", "Play {a}.", "What is the song {a} about?",
    ), _of(a=p.SONG)),
    Kind("game", (
        "How do I win at {a}?", "What are the rules of {a}?", "Let us play {a}.", "Give me tips for {a}.",
        "Who invented {a}?", "How many people can play {a}?", "Do you play {a}?", "Can we play {a}?", "What is a good move in {a}?",
    ), _of(a=p.GAME)),
    Kind("joke", (
        "Tell me a joke.", "Tell me a joke about {a}.", "Do you know a joke about {a}?", "Make me laugh with a joke.",
        "Say something funny about {a}.", "A joke about {a}, please.", "Give me a riddle.", "Tell me a riddle about {a}.",
        "Tell me a pun about {a}.", "Another joke, please.",
    ), _of(a=p.BEAST + p.RELATION)),
    Kind("word-origin", (
        "Where does the word {a} come from?", "What is the origin of the word {a}?", "What is a synonym of {a}?",
        "What rhymes with {a}?", "Use {a} in a sentence.", "How do you pronounce {a}?", "Is {a} a verb?",
        "Give me another word for {a}.", "What does the word {a} mean in Greek?",
    ), _of(a=p.WORD_ORIGIN)),
    Kind("opinion", (
        "What do you think about {a}?", "What is your opinion on {a}?", "Are you for or against {a}?", "Is {a} right or wrong?",
        "Do you believe in {a}?", "Should we ban {a}?", "Do you like {a}?", "What are the arguments for {a}?",
        "Why do people disagree about {a}?",
    ), _of(a=p.OPINION)),
    Kind("philosophy", (
        "What would Plato say about {a}?", "What is the purpose of {a}?", "Does {a} matter?", "What is the nature of {a}?",
        "Is {a} an illusion?", "Can there be {a} without suffering?", "Is {a} more than a word?",
        "What do philosophers say about {a}?",
    ), _of(a=p.SUBJECT)),
    Kind("topic", _TOPIC, _of(a=p.SUBJECT + p.EVENT + p.SPORT + p.COMPANY + p.ANCIENT + p.PERSON)),
)  # fmt: skip

_SCIENCE = (
    Kind("chemistry", (
        "What is the symbol of {a}?", "What is the atomic number of {a}?", "At what temperature does {a} melt?",
        "Is {a} a metal?", "What is {a} used for?", "Where is {a} found?", "Is {a} poisonous?", "How heavy is {a}?",
        "What happens when {a} meets water?", "Who discovered {a}?",
    ), _of(a=p.ELEMENT)),
    Kind("astronomy", (
        "How far away is {a}?", "How big is {a}?", "How hot is {a}?", "How old is {a}?", "Is there life near {a}?",
        "Can we travel to {a}?", "What is {a} made of?", "When can I see {a}?", "How heavy is {a}?",
    ), _of(a=p.WORLD)),
    Kind("why", why("{a}") + ("Why is it that {a}?",), _of(a=p.WONDER)),
    Kind("biology", (
        "How long does {a} live?", "What does {a} eat?", "How fast is {a}?", "Where does {a} live?", "How big is {a}?",
        "How does {a} sleep?", "Is {a} a mammal?", "How many teeth does {a} have?", "Can {a} swim?", "Tell me facts about {a}.",
    ), _of(a=p.BEAST)),
    Kind("difference", compare("{a}", "{b}")[:12], _of(a=p.BEAST, b=p.BEAST)),
    Kind("physics", (
        "How long does a stone fall from {a} meters?", "What force moves {a} kilograms?", "How much energy is in {a} liters of water?",
        "How fast is a car after {a} seconds?", "Compute the pressure at {a} meters depth.", "What is the wavelength at {a} hertz?",
        "What current flows at {a} volts?", "How heavy is {a} liters of air?",
    ), _of(a=_FACTOR)),
)  # fmt: skip

_NUMBERS = (
    Kind("multiply", (
        "What is {a} times {b}?", "Multiply {a} by {b}.", "{a} * {b}", "{a} x {b} = ?", "Calculate {a} times {b}.",
        "How much is {a} multiplied by {b}?", "What is {a} * {b}?", "What is the product of {a} and {b}?",
    ), _of(a=_FACTOR, b=_FACTOR)),
    Kind("divide", (
        "What is {a} divided by {b}?", "Divide {a} by {b}.", "{a} / {b}", "{a} : {b} = ?", "Calculate {a} divided by {b}.",
        "How often does {b} go into {a}?", "What is {a} / {b}?", "What is the remainder of {a} by {b}?",
    ), _of(a=_BIG + _SMALL, b=_SMALL)),
    Kind("add-large", (
        "What is {a} plus {b}?", "Add {a} and {b}.", "{a} + {b}", "{a} + {b} = ?", "What is {a} minus {b}?", "{a} - {b}",
        "Subtract {b} from {a}.", "How much is {a} plus {b}?", "Calculate {a} + {b}.",
    ), _of(a=_HUGE + _BIG, b=_HUGE + _BIG)),
    Kind("root", (
        "What is the square root of {a}?", "Square root of {a}", "What is {a} squared?", "What is {b} to the power of {b}?",
        "What is the cube root of {a}?", "Is {a} a prime number?", "What are the factors of {a}?", "What is the logarithm of {a}?",
        "What is {b} factorial?",
    ), _of(a=_FACTOR, b=_SMALL)),
    Kind("percent", (
        "What is {b} percent of {a}?", "{b}% of {a}", "How much is {b} percent of {a}?", "Add {b} percent to {a}.",
        "What is {a} less {b} percent?", "Calculate {b}% of {a}.", "What percentage of {a} is {b}?", "Take {b}% off {a}.",
    ), _of(a=_FACTOR, b=_SMALL)),
    Kind("units", (
        "Convert {a} {b} to {c}.", "How many {c} are {a} {b}?", "What is {a} {b} in {c}?", "{a} {b} in {c}",
        "How much is {a} {b} in {c}?", "Change {a} {b} into {c}.", "Turn {a} {b} into {c}.", "{a} {b} are how many {c}?",
    ), _of(a=_FACTOR, b=p.UNIT_FROM, c=p.UNIT_TO)),
    Kind("currency", (
        "How much is {a} {b} in {c}?", "Convert {a} {b} to {c}.", "{a} {b} in {c}", "What is {a} {b} in {c}?",
        "Exchange {a} {b} for {c}.", "What is the rate from {b} to {c}?", "How many {c} do I get for {a} {b}?", "Are {b} worth more than {c}?",
    ), _of(a=_FACTOR, b=p.CURRENCY, c=p.CURRENCY)),
    Kind("equation", (
        "Solve {a}.", "Solve the equation {a}.", "Find x if {a}.", "What is x when {a}?", "Can you solve {a}?",
        "If {a}, what is x?", "Solve for x: {a}", "How do I solve {a}?",
    ), _of(a=p.EQUATION)),
    Kind("proof", (
        "Prove that {a}.", "Show that {a}.", "Give me a proof that {a}.", "Can you prove that {a}?", "How do you prove that {a}?",
        "Why is it true that {a}?", "Explain the proof that {a}.", "Write a proof that {a}.",
    ), _of(a=p.THEOREM)),
    Kind("word-problem", (
        "Tom has {a} {b} and gives each of {c} friends the same. How many does each get?",
        "A shop sells {a} {b} a day. How many in {c} weeks?", "If {c} {b} cost {a} dollars, what does one cost?",
        "One box holds {c} {b}. How many boxes do {a} {b} need?", "{a} {b} are shared by {c} people. How many each?",
        "What is the average of {a}, {c} and 50?", "A train goes {a} miles in {c} hours. How fast is it?",
        "What is the area of a field of {a} by {c} meters?",
    ), _of(a=_BIG, b=p.ARITHMETIC_WORD, c=_SMALL)),
)  # fmt: skip

_LIFE = (
    Kind("medical", (
        "What helps against {a}?", "I have {a}. What should I do?", "How do I treat {a}?", "Which medicine is good for {a}?",
        "Is {a} dangerous?", "What causes {a}?", "How long does {a} last?", "Should I see a doctor for {a}?",
        "What are the symptoms of {a}?",
    ), _of(a=p.ILLNESS)),
    Kind("legal", (
        "I have a question about {a} and the law.", "Can I sue because of {a}?", "Do I need a lawyer for {a}?",
        "What are my rights with {a}?", "Is it legal to ignore {a}?", "Write a legal letter about {a}.",
        "How much does a lawyer cost for {a}?", "What does the law say about {a}?", "Help me with {a} in court.",
    ), _of(a=p.LAW)),
    Kind("recipe", (
        "Give me a recipe for {a}.", "How do I make {a}?", "What do I need for {a}?", "Write a recipe for {a}.",
        "How do you cook {a}?", "What goes into {a}?", "Can you tell me how to make {a}?", "What wine goes with {a}?",
        "How many calories are in {a}?",
    ), _of(a=p.DISH)),
    Kind("cooking-time", (
        "How long do I cook {a}?", "How long does {a} take in the oven?", "At what temperature do I bake {a}?",
        "How do I boil {a}?", "Can I freeze {a}?", "How do I season {a}?", "How do I know that {a} is done?",
        "How do I store {a}?", "Can I eat {a} raw?",
    ), _of(a=p.FOOD)),
    Kind("garden", (
        "How do I grow {a}?", "When should I plant {a}?", "How often should I water {a}?", "Why do my {a} die?",
        "How much sun for {a}?", "How do I prune {a}?", "Which soil is best for {a}?", "Can I grow {a} indoors?",
        "Why are the leaves of {a} yellow?",
    ), _of(a=p.PLANT)),
    Kind("car", (
        "How do I change the {a} of my {b}?", "The {a} of my {b} is broken.", "Why does the {a} of my {b} make noise?",
        "How much is a new {a} for a {b}?", "My {b} has a problem with the {a}.", "Can I repair the {a} of a {b} myself?",
        "Where is the {a} in my {b}?", "How long does a {a} last in a {b}?",
    ), _of(a=p.PART, b=p.CAR)),
    Kind("repair", (
        "How do I fix {a}?", "There is a problem with {a}.", "Why does {a} not work?", "{a} is broken, what now?",
        "Help me repair {a}.", "How do I clean {a}?", "What should I do when {a} makes a noise?", "Who can repair {a}?",
    ), _of(a=p.DEVICE)),
    Kind("relationship", (
        "I had a fight with {a}. What should I do?", "Does {a} love me?", "How do I talk to {a}?", "{a} is angry with me.",
        "What should I give {a} as a present?", "How can I impress {a}?", "Should I trust {a}?", "I miss {a}.",
        "How do I say sorry to {a}?",
    ), _of(a=p.RELATION)),
    Kind("skill", how_to("{a}"), _of(a=p.SKILL)),
    Kind("horoscope", (
        "What is the horoscope for {a}?", "What does the future bring for {a}?", "Will {a} win the lottery?", "Tell my fortune.",
        "Read the tarot cards for {a}.", "What is the lucky number of {a}?", "Will {a} be rich?", "What do the stars say about {a}?",
    ), _of(a=p.RELATION)),
    Kind("party", (
        "Plan a party about {a}.", "What should I wear to a party about {a}?", "Write an invitation to a party about {a}.",
        "What can I cook for a party about {a}?", "Give me ideas for a party about {a}.", "Which music fits a party about {a}?",
        "Which games fit a party about {a}?",
    ), _of(a=p.THEME_PARTY)),
    Kind("facts", (
        "Tell me something interesting about {a}.", "Give me a fun fact about {a}.", "Ask me a quiz question about {a}.",
        "Teach me something about {a}.", "What is the best thing about {a}?", "List ten facts about {a}.",
        "What do experts say about {a}?",
    ), _of(a=p.SUBJECT + p.PLACE + p.ANCIENT)),
)  # fmt: skip

EVERYDAY = Kind("everyday", (
    "What time is it now?", "What time is it where I live?", "Do you know what time it is?", "What's the time?", "Can you tell me the time?",
    "What is the time, please?", "What time do we have?", "Tell me today's date.", "What's today's date?", "What is today?",
    "Which day is today?", "What month is it?", "What year is it?", "What is the date tomorrow?", "Is it Monday today?",
    "Is today a holiday?", "What week is it?", "When is sunset today?", "When does the sun rise?",
    "What is the weather?", "What's the weather like?", "How is the weather today?", "Will it rain today?", "Is it going to snow?",
    "Is it raining?", "What's the weather tomorrow?", "Will it be sunny on Sunday?", "How hot is it outside?", "How cold will it get?",
    "Do I need a jacket today?", "What is the forecast?", "Where is it warm now?",
    "Who won?", "Who won the game?", "Who won the match last night?", "Who won the World Cup?", "Who won the last election?",
    "Who won the Super Bowl?", "Who won the Nobel Prize?", "Who won the Oscar for best film?", "Who won the lottery?",
    "Who won the race on Sunday?", "Who won the gold medal?", "Who won the final?", "What was the score?", "Who is playing tonight?",
    "When is the next match?", "Who is the champion?", "Who is the best player in the world?",
    "What is in the news?", "What happened today?", "What's new in the world?", "Any news?", "Give me the headlines.",
    "Who is the president?", "Who is the chancellor?", "Who is the richest person in the world?", "Who is the tallest man?",
    "Who discovered America?", "Who invented the telephone?", "Who painted the Mona Lisa?", "Who was the first man on the moon?",
    "How many people live on Earth?", "How far away is the moon?", "How old is the Earth?", "How big is the sun?",
    "What is the meaning of life?", "Is there life after death?", "Does God exist?", "Are there aliens?", "What is love?",
    "Where am I?", "Where do I live?", "What is my name?", "How old am I?", "What am I thinking?", "Guess my age.",
    "Can you find my phone?", "What is on TV tonight?", "What should I eat?", "What should I cook today?", "I am hungry.",
    "What should I wear today?", "What should I do today?", "Where should I go on holiday?", "Which film should I watch?",
    "Which book should I read?", "What should I buy?", "I have a headache.", "I cannot sleep.", "I am ill.", "I broke my leg.",
    "How do I lose weight?", "How do I get rich?", "How do I find a job?", "How do I make friends?", "How do I fall asleep?",
    "Write my homework.", "Do my homework.", "Help me with my homework.", "Help me with math.", "Help me with my English.",
    "Give me a recipe.", "Tell me something funny.", "Make me laugh.", "Do you know any jokes?", "Tell me a good joke.", "Sing a song.",
    "Sing something.", "Write a song.", "Write a poem.", "Write me a poem, please.", "Write some code.", "Write a program.",
    "Make me a website.", "Draw a picture.", "Draw something.", "Make a picture.", "Play a game with me.", "Let us play a game.",
    "Play music.", "Set an alarm.", "Call my mother.", "Order a pizza.", "Book a hotel.", "Buy me a ticket.", "Send an email.",
    "Translate this.", "Summarize the news.", "Correct my text.", "Give me a quote.", "Tell me a fun fact.", "Teach me something.",
    "Teach me French.", "Give me advice.", "Give me some tips.", "Motivate me.", "Plan my day.", "Plan my week.", "Flip a coin.",
    "Roll a die.", "Pick a number.", "Think of an animal.", "Can you cook?", "Can you drive?", "Can you dance?", "Can you draw?",
    "Can you code?", "Can you play chess?", "Can you write a book?", "Can you write a poem?",
))  # fmt: skip
"""What people type first, in few words."""

CAPITAL_LEFT_OUT = Kind("capital-left-out", (
    "What is the capital of {a}?", "What's the capital of {a}?", "Tell me the capital of {a}.", "Give me the capital of {a}.",
    "Which city is the capital of {a}?", "Name the capital of {a}.", "Do you know the capital of {a}?", "Capital of {a}?",
    "What is the capital city of {a}?", "Is {b} the capital of {a}?",
), _of(a=p.LEFT_OUT, b=p.CITY))  # fmt: skip
"""Capitals that Pocket does not know, of countries that people ask for as readily as for those that it knows."""

_HOUSEHOLD = (
    Kind("exam", (
        "I have a test in {a} tomorrow.", "Help me study {a}.", "Explain my {a} homework.", "What comes up in a {a} exam?",
        "How do I get better at {a}?", "My {a} teacher is strict.", "Make me a {a} worksheet.", "Which {a} book is good?",
        "Do I need {a} at university?", "Why do we learn {a} at school?", "Grade my {a} paper.", "Make flash cards for {a}.",
    ), _of(a=p.SCHOOL)),
    Kind("cleaning", (
        "How do I get {a} out of {b}?", "There is {a} on {b}.", "My son spilled {a} on {b}.", "What removes {a} from {b}?",
        "I need to clean {b}.", "Which soap is good for {b}?", "Can I wash {b} in the machine?", "Does vinegar remove {a}?",
        "How do I keep {a} off {b}?",
    ), _of(a=p.STAIN, b=p.FABRIC)),
    Kind("room", (
        "What color should I paint the {a}?", "How do I decorate the {a}?", "Where do I put {b} in the {a}?", "My {a} is too small.",
        "Do I need {b} in the {a}?", "How can I make the {a} brighter?", "Which floor is best for the {a}?", "I am moving {b} to the {a}.",
    ), _of(a=("kitchen", "bedroom", "bathroom", "hall", "attic", "cellar", "office", "living room", "balcony", "garage"),
           b=p.FURNITURE)),
    Kind("star", (
        "How tall is {a}?", "Is {a} married?", "How rich is {a}?", "How old is {a}?", "Where does {a} live now?", "Is {a} still alive?",
        "What is the latest album of {a}?", "Which films has {a} made?", "Who is {a} dating?", "What is the real name of {a}?",
        "Do you know {a}?", "Who is {a}?",
    ), _of(a=p.STAR)),
    Kind("series", (
        "How many seasons does {a} have?", "What happens in the last episode of {a}?", "Who dies in {a}?", "Is {a} on tonight?",
        "Will there be more {a}?", "Who plays in {a}?", "Should I watch {a}?", "Who is your favorite in {a}?", "Where was {a} filmed?",
    ), _of(a=p.SHOW)),
    Kind("feast", (
        "When is {a} this year?", "Why do people celebrate {a}?", "What do you do at {a}?", "What do people eat at {a}?",
        "How many days until {a}?", "Is {a} a public holiday?", "I love {a}.", "What should I do for {a}?", "Who invented {a}?",
        "Are shops open on {a}?",
    ), _of(a=p.FEAST)),
    Kind("manners-abroad", (
        "Is it rude to {a}?", "Can I {a} in church?", "Is it allowed to {a}?", "How old must I be to {a}?", "Is it okay to {a}?",
        "When should I not {a}?", "May children {a}?", "Do people {a} in Japan?", "What happens if I {a}?", "Is it bad luck to {a}?",
        "Why do some people {a}?",
    ), _of(a=p.ACT)),
    Kind("tongue", (
        "How do I learn {a}?", "Is {a} hard to learn?", "Teach me {a}.", "How do I count to ten in {a}?", "How many people speak {a}?",
        "What is hello in {a}?", "How do you say goodbye in {a}?", "Conjugate a verb in {a}.", "Which alphabet does {a} use?",
        "Where is {a} spoken?", "Teach me some words of {a}.",
    ), _of(a=p.TONGUE)),
    Kind("machine", (
        "Who invented the {a}?", "How does a {a} work?", "When was the {a} invented?", "What is inside a {a}?", "Who made the first {a}?",
        "How is a {a} built?", "Why was the {a} invented?", "What did people do before the {a}?", "How heavy is a {a}?",
        "How much power does a {a} need?",
    ), _of(a=p.MACHINE)),
    Kind("body", (
        "What does the {a} do?", "Where is the {a}?", "Why does my {a} hurt?", "How big is the human {a}?", "Can you live without a {a}?",
        "Something is wrong with my {a}.", "How do I keep my {a} healthy?", "My {a} is swollen.", "What is the {a} made of?",
    ), _of(a=p.ORGAN)),
    Kind("habit", (
        "Is {a} healthy?", "How much {a} do I need?", "Is too much {a} bad for me?", "Does {a} help against stress?",
        "Should I stop {a}?", "When is the best time for {a}?", "How often should I think of {a}?", "What are the risks of {a}?",
        "Does {a} make you live longer?",
    ), _of(a=p.HABIT)),
    Kind("myth", (
        "Who is {a}?", "What is {a} the god of?", "Tell me the myth of {a}.", "Who killed {a}?", "Who is the father of {a}?",
        "Was {a} real?", "What powers does {a} have?", "Who is stronger, {a} or {b}?", "Which book is {a} in?",
    ), _of(a=p.MYTH, b=p.MYTH)),
    Kind("record", (
        "What is the {a} {b} in the world?", "Which {b} is the {a}?", "Who has the {a} {b}?", "Where is the {a} {b}?",
        "Name the {a} {b} on Earth.", "What is the {a} {b} in Europe?", "What was the {a} {b} ever?", "Do you know the {a} {b}?",
    ), _of(a=("biggest", "tallest", "oldest", "fastest", "deepest", "heaviest", "most famous", "most expensive", "coldest", "strangest"),
           b=("river", "building", "city", "lake", "mountain", "ship", "tree", "bridge", "tower", "animal", "car", "island", "desert",
              "statue", "tunnel", "church"))),
    Kind("telling", (
        "I am going to {a} tomorrow.", "I was in {a} last year.", "My family comes from {a}.", "I work in {a}.", "I am moving to {a}.",
        "I have never been to {a}.", "My flight to {a} was cancelled.", "I met my wife in {a}.", "I lost my passport in {a}.",
        "I love {a}.",
    ), _of(a=p.CITY + p.COUNTRY_TRIP)),
    Kind("family-news", (
        "{a} is ill.", "{a} is getting married.", "{a} lost the keys.", "{a} does not call me.", "I lent money to {a}.",
        "{a} wants to move in.", "Today {a} has a birthday.", "{a} snores.", "{a} failed the test.", "I live with {a}.",
        "What should I cook for {a}?", "How do I cheer up {a}?", "How do I help {a}?", "Who is {a}?",
    ), _of(a=p.RELATION)),
    Kind("choice", (
        "Should I {a} or {b}?", "I cannot decide: {a} or {b}?", "Is it better to {a} or to {b}?", "Help me choose: {a} or {b}.",
        "Would you rather {a} or {b}?", "What would you do: {a} or {b}?", "I want to {a}, but my wife wants to {b}.",
        "What makes more sense: {a} or {b}?",
    ), _of(a=p.PLAN, b=p.PLAN)),
    Kind("checklist", (
        "Make a checklist to {a}.", "I want to {a} next year.", "How much does it cost to {a}?", "What do I need to {a}?",
        "Am I too old to {a}?", "When is the right time to {a}?", "How long does it take to {a}?", "Give me ten tips to {a}.",
        "Make a plan to {a}.", "Who can help me to {a}?", "I am afraid to {a}.", "My dream is to {a}.",
    ), _of(a=p.PLAN)),
    Kind("parlor", (
        "Let us play {a}.", "Do you want to play {a}?", "I want to play {a} with you.", "You start with {a}.", "Ready for {a}?",
        "Play {a} with me.", "A round of {a}, please.", "How about {a}?", "Do you know how to play {a}?",
    ), _of(a=p.PARLOR)),
    Kind("how-many", (
        "How many {a} are in a {b}?", "How many {a} are there in a {b}?", "How many {a} does a {b} have?", "Tell me how many {a} a {b} has.",
        "How many {a} fit in a {b}?", "Does a {b} have more {a} than a lifetime?", "Count the {a} of a {b}.",
    ), _of(a=("seconds", "minutes", "hours", "bones", "wheels", "atoms", "grains of sand", "stars", "rooms", "people", "steps", "seats"),
           b=("year", "decade", "body", "truck", "castle", "galaxy", "stadium", "train", "day", "beach", "century", "hotel", "bus"))),
)  # fmt: skip

_BEYOND = (
    Kind("other-math", (
        "Round {a} to the nearest ten.", "Round {a} to hundreds.", "Write {a} in words.", "What is half of {a}?", "What is twice {a}?",
        "What is a third of {a}?", "What is {a} plus {b} plus {a}?", "What is {a}.5 plus {b}.25?", "Subtract 0.5 from {a}.",
        "What is minus {a} plus {b}?", "{a} + {b} * 2", "({a} + {b}) / 3", "What is 1/4 of {a}?", "What comes next: {a}, {b}, {a}?",
        "What is the sum of all numbers up to {a}?", "What is {a} modulo {b}?", "What is the average of {a} and {b}?",
    ), _of(a=_BIG, b=_BIG)),
    Kind("geometry", (
        "What is the area of a {b} of {a} meters?", "What is the volume of a {b} with side {a}?", "How long is the edge of a {b} of size {a}?",
        "A {b} is {a} meters wide. How big is it?", "Compute the perimeter of a {b} of {a} meters.", "What angle has a {b}?",
        "How many corners has a {b} of {a} meters?", "Draw a {b} with side {a}.",
    ), _of(a=_SMALL, b=("circle", "square", "cube", "cone", "sphere", "rectangle", "cylinder", "hexagon", "pentagon", "rhombus"))),
    Kind("text-form", (
        "Write a {b} about {a}.", "Write a short {b} on {a}.", "I need a {b} about {a}.", "Make a {b} about {a} for school.",
        "Can you write me a {b} about {a}?", "Give me ideas for a {b} on {a}.", "How do I begin a {b} about {a}?", "What makes a good {b}?",
    ), _of(a=p.SUBJECT, b=("diary entry", "dialogue", "review", "press release", "presentation", "theater play", "postcard", "book report",
                           "newspaper article", "talk", "thesis", "tweet", "quiz"))),
    Kind("reading", (
        "Is this sentence friendly or angry: {a}", "What language is this: {a}", "Find the verbs in this: {a}", "How many nouns are in: {a}",
        "What does the writer mean with \"{a}\"?", "Put this into the past: {a}", "Make this plural and formal: {a}",
        "Continue this text: {a}", "Who says \"{a}\"?", "Answer this message: {a}", "Make a title for this: {a}",
    ), _of(a=p.SENTENCE + p.PHRASE)),
    Kind("software", (
        "How do I {a} in {b}?", "Where can I {a} in {b}?", "{b} will not let me {a}.", "Can {b} {a}?", "I want to {a} with {b}.",
        "Show me how to {a} in {b}.", "Is {b} better than paper to {a}?", "Why can I not {a} in {b}?", "How much is {b}?",
    ), _of(a=p.CLICK, b=p.SOFTWARE)),
    Kind("alarm", (
        "Help, {a}!", "{a}. What should I do?", "What do I do if {a}?", "{a}. Is that dangerous?", "Who do I call when {a}?",
        "I think {a}.", "Quick, {a}!", "What now? {a}.", "{a}, and I am alone.",
    ), _of(a=p.ALARM)),
    Kind("crime", (
        "How do I {a}?", "Tell me how to {a}.", "What happens to people who {a}?", "Help me {a}.", "Is it a crime to {a}?",
        "Can you {a} for me?", "What is the best way to {a}?", "I want to {a}.",
    ), _of(a=p.CRIME)),
    Kind("wild", (
        "What sound does {a} make?", "What do you call a young one of {a}?", "Is {a} dangerous?", "How strong is {a}?",
        "Where can I see {a}?", "Who would win, {a} or {b}?", "How many legs has {a}?", "I saw {a} today.", "Is {a} endangered?",
        "Can I keep {a} at home?", "What color is {a}?",
    ), _of(a=p.BEAST, b=p.BEAST)),
    Kind("material", (
        "What is {a} made of?", "How is {a} made?", "Where does {a} come from?", "Who makes {a}?", "Can {a} be recycled?",
        "Does {a} burn?", "What is {a} good for?", "When did people begin to use {a}?", "How do you produce {a}?", "Is {a} natural?",
    ), _of(a=p.STUFF)),
    Kind("nearby", (
        "Where is the nearest {a}?", "Is the {a} open now?", "When does the {a} close?", "I am looking for a {a}.", "Is there a {a} near me?",
        "How do I get to the {a}?", "What is the phone number of the {a}?", "Which {a} is the best in {b}?", "Find a {a} in {b}.",
        "Do I need an appointment at the {a}?",
    ), _of(a=p.SHOP, b=p.CITY)),
    Kind("what-if", (
        "What would happen if {a}?", "What if {a}?", "Imagine that {a}. What then?", "Would we survive if {a}?", "Could it be that {a}?",
        "When will it happen that {a}?", "How would life be if {a}?", "Will it ever happen that {a}?",
    ), _of(a=p.IF)),
    Kind("saying", (
        "What does the saying \"{a}\" mean?", "Who said \"{a}\"?", "Where does \"{a}\" come from?", "Is it true: {a}?",
        "Explain the proverb \"{a}\".", "My mother always says \"{a}\".", "When do I say \"{a}\"?", "What is meant by \"{a}\"?",
    ), _of(a=p.SAYING)),
    Kind("art", (
        "Who painted {a}?", "Where does {a} hang?", "What does {a} show?", "How much is {a} worth?", "When was {a} made?",
        "Why is {a} so famous?", "Is {a} real or fake?", "Describe {a}.", "Which museum has {a}?",
    ), _of(a=p.ARTWORK)),
    Kind("table-query", (
        "Which {b} query gives {a}?", "How do I get {a} with {b}?", "How do I find {a} in {b}?", "Which function in {b} returns {a}?",
        "What do I type in {b} to see {a}?", "I need {a} from my {b} table.", "Does {b} have a command for {a}?",
        "My {b} table shows {a} wrongly.", "How can {b} compute {a}?",
    ), _of(a=p.SHEET, b=p.QUERY)),
    Kind("hand", (
        "Is {a} a good hand?", "I have {a}. What should I play?", "Should I bet on {a}?", "What beats {a}?", "Is {a} better than {b}?",
        "How many points is {a}?", "What do I do with {a}?", "Is it good to start with {a}?", "Can I win with {a}?",
    ), _of(a=p.HAND, b=p.HAND)),
    Kind("anagram", (
        "Solve this anagram: {a}.", "Which words can I make from {a}?", "I have {a} in Scrabble.", "Find the hidden word in {a}.",
        "Riddle: {b} with {a}.", "Today's Wordle has {a}. What is it?", "Give me a hint for the puzzle with {a}.",
        "Solve the riddle of {b}.", "Name {b} with nine letters.",
    ), _of(a=p.LETTERS, b=("a bird", "a flower", "a saint", "a fish", "a tool", "a metal", "a dance", "a fruit", "a painter", "an opera"))),
    Kind("guess-abroad", (
        "The capital of {a}, please.", "Do you happen to know the capital of {a}?", "Is {b} the capital of {a}?",
        "Which town governs {a}?", "Where does the government of {a} sit?", "Do you know the mayor of {b}?", "Does {a} have a capital?",
    ), _of(a=p.REGION + p.LEFT_OUT, b=p.CITY)),
)  # fmt: skip

KINDS = (*_WORK, *_NOW, *_HUMANITIES, *_SCIENCE, *_NUMBERS, *_LIFE, *_HOUSEHOLD, *_BEYOND, CAPITAL_LEFT_OUT, EVERYDAY)
