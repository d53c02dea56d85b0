"""Exact tasks: answers are right by other means, judges tell right from wrong, nothing held out is trained on."""

from __future__ import annotations

import random
import re

import pytest

from corpus.example import Example, Family, normalise
from corpus.exact import EXACT
from corpus.exact.calendar import LOOSELY_CHECKED
from corpus.exact.capitals import CAPITALS, COUNTRIES
from corpus.exact.lists import SHORT_WORDS
from corpus.exact.vocabulary import WORDS, made_up
from corpus.exact.word_facts import ALSO_OPPOSITE, ALSO_PLURAL, OPPOSITES, PLURALS
from corpus.exact.words import OPPOSITE, PLURAL
from corpus.surface import CLOSERS, OPENERS
from exact_recomputed import CHECKS, check_count, true_statement

SAMPLES = 20_000
BY_NAME = {family.name: family for family in EXACT}
HELD_OUT_BY_OPERANDS = [name for name in CHECKS if name != "exact/spelling"]

Exchange = tuple[str, str]

each_family = pytest.mark.parametrize("family", EXACT, ids=lambda family: family.name)


@pytest.fixture(scope="module")
def trained() -> dict[str, list[Exchange]]:
    """Every question with its answer in 20,000 training conversations of each family."""
    return {
        family.name: [pair for _ in range(SAMPLES) for pair in exchanges(family.sample(rng))]
        for family, rng in ((family, random.Random(11)) for family in EXACT)
    }


def exchanges(example: Example) -> list[Exchange]:
    texts = [turn.text for turn in example.turns]
    return list(zip(texts[::2], texts[1::2], strict=True))


def bare(question: str) -> str:
    """The question without the surface variety that can be taken off again."""
    text = normalise(question)
    for opener in OPENERS:
        text = text.removeprefix(f"{normalise(opener)} ")
    for closer in CLOSERS:
        text = text.removesuffix(f" {normalise(closer)}")
    return text


@each_family
def test_answers_are_right(family: Family, trained: dict[str, list[Exchange]]) -> None:
    held_out = [pair for example in family.held_out() for pair in exchanges(example)]
    check = CHECKS.get(family.name)
    for question, answer in trained[family.name] + held_out:
        if check is not None:
            check(question, answer)
        else:
            statement, _, verdict = answer.rstrip(".").partition(", and you said ")
            assert true_statement(statement)
            if verdict:
                claim, _, said = verdict.partition(", so ")
                right = re.search(rf" {re.escape(claim)}(?:$|,)", statement) is not None
                assert claim.casefold() in question.casefold() and said == ("yes" if right else "no")
            if verdict == "yes":
                value = statement.rsplit(" is " if " is " in statement else " has ", 1)[1]
                assert value.split(",")[0].casefold() in question.casefold()


@each_family
def test_nothing_held_out_is_trained_on(family: Family, trained: dict[str, list[Exchange]]) -> None:
    seen = {(bare(question), normalise(answer)) for question, answer in trained[family.name]}
    for example in family.held_out():
        question, answer = exchanges(example)[-1]
        assert (bare(question), normalise(answer)) not in seen, question


@pytest.mark.parametrize("name", HELD_OUT_BY_OPERANDS)
def test_held_out_operands_are_not_trained_on(name: str, trained: dict[str, list[Exchange]]) -> None:
    """In no family: a held-out sum, say, must not appear as a yes/no question either."""
    check = CHECKS[name]
    alike = [other for other in HELD_OUT_BY_OPERANDS if CHECKS[other] is check]
    if check is check_count:
        alike = [name]
    seen = {check(*exchange) for other in alike for exchange in trained[other]}
    tested = {check(*exchanges(example)[-1]) for example in BY_NAME[name].held_out()}
    assert tested and not tested & seen


def test_a_held_out_phrasing_asks_for_a_fact_that_is_trained_on(trained: dict[str, list[Exchange]]) -> None:
    for name in ("exact/opposites", "exact/plurals", "exact/days", "exact/months", "exact/capitals", "exact/countries"):
        known = {answer for _, answer in trained[name]}
        assert {example.turns[-1].text for example in BY_NAME[name].held_out()} <= known


def test_every_listed_word_is_spelled_in_training(trained: dict[str, list[Exchange]]) -> None:
    spelled = {answer.rstrip(".").replace("-", "") for _, answer in trained["exact/spelling"]}
    assert set(WORDS) <= spelled


def spoilt(answer: str) -> str:
    """The same answer with another verdict, another number or another last letter."""
    if found := re.search(r"\b(yes|no)\.$", answer):
        return answer[: found.start()] + ("no." if found[1] == "yes" else "yes.")
    if found := re.search(r"(\d+)(?= (?:items|letters|times?|days|of the year)|\.$)", answer):
        return answer[: found.start()] + str(int(found[1]) + 1) + answer[found.end() :]
    return answer[:-2] + ("e." if answer[-2] == "a" else "a.")


def with_another_reason(answer: str) -> str:
    """The same verdict after something else: another result, the other relation, or another word."""
    reason, _, verdict = answer.rpartition(", so ")
    if found := re.search(r"= (-?\d+)", reason):
        reason = f"{reason[: found.start(1)]}{int(found[1]) + 3}{reason[found.end(1) :]}"
    elif found := re.search(r"\b(larger|smaller) than\b", reason):
        reason = reason.replace(found[1], {"larger": "smaller", "smaller": "larger"}[found[1]])
    elif found := re.search(r"has (\d+) days", reason):
        reason = reason.replace(f"has {found[1]}", f"has {int(found[1]) - 2}", 1)
    else:
        reason = re.sub(r" is ([^,]+), and you said", " is something, and you said", reason)
    return f"{reason}, so {verdict}"


@pytest.mark.parametrize("name", [name for name in BY_NAME if name.endswith("-check")])
def test_a_right_verdict_for_a_wrong_reason_is_refused(name: str) -> None:
    for example in BY_NAME[name].held_out():
        right = example.turns[-1].text
        wrong = with_another_reason(right)
        assert wrong != right and example.judge is not None
        assert example.judge(right) and not example.judge(wrong), wrong
        assert not example.judge("Yes.") and not example.judge("No.")


@each_family
def test_held_out_examples(family: Family) -> None:
    examples = family.held_out()
    assert 60 <= len(examples) <= 120
    assert len({example.question for example in examples}) == len(examples)
    assert [(e.family, e.turns) for e in examples] == [(e.family, e.turns) for e in family.held_out()]
    for example in examples:
        right = example.turns[-1].text
        judge = example.judge
        assert judge is not None and example.family == family.name
        assert judge(right) and judge(right.rstrip(".")) and judge(f"  {right.lower()} ")
        assert not judge("") and not judge("I do not know.")
        assert not judge(spoilt(right))


@each_family
def test_sampling_is_reproducible(family: Family) -> None:
    first, second = ([family.sample(rng).turns for _ in range(300)] for rng in (random.Random(5), random.Random(5)))
    assert first == second


@each_family
def test_text_is_plain_and_short(family: Family, trained: dict[str, list[Exchange]]) -> None:
    for question, answer in trained[family.name]:
        assert question and answer.endswith(".") and question.isascii() and answer.isascii()
        assert len(answer.split()) <= 45 and "{" not in question + answer


@pytest.mark.parametrize("name", [name for name in BY_NAME if name.endswith("-check")])
def test_yes_and_no_are_balanced(name: str, trained: dict[str, list[Exchange]]) -> None:
    yes = sum(answer.endswith("so yes.") for _, answer in trained[name])
    assert 0.45 < yes / len(trained[name]) < 0.55


# Where a government or parliament sits outside the capital, or two cities are called so.
SECOND_SEATS = {
    "the Netherlands": ("The Hague",),
    "Malaysia": ("Putrajaya",),
    "Chile": ("Valparaiso",),
    "Indonesia": ("Nusantara",),
    "South Africa": ("Pretoria", "Cape Town", "Bloemfontein"),
    "Bolivia": ("La Paz", "Sucre"),
    "Sri Lanka": ("Colombo", "Sri Jayawardenepura Kotte"),
    "Ivory Coast": ("Yamoussoukro", "Abidjan"),
    "Tanzania": ("Dodoma", "Dar es Salaam"),
    "Benin": ("Porto-Novo", "Cotonou"),
}
TRUE_OPPOSITES = """
    easy hard  easy difficult  quiet noisy  loud silent  start end  begin stop  find lose  soft loud  simple difficult
    complex easy  old modern  ancient new  tall low  give accept  brave afraid  light heavy  thin wide  quick slow
    finish begin  right false  all few  sweet bitter  kind evil  even rough  white dark
""".split()


def denied(exchanges: list[Exchange], kind: str) -> set[tuple[str, str]]:
    """The operands of one kind of yes/no question with the claims that are called wrong."""
    pattern = re.compile(rf"The {kind} of (.+) is .+, and you said (.+), so no\.")
    return {found.groups() for _, answer in exchanges if (found := pattern.fullmatch(answer))}


def test_no_opposite_is_called_wrong(trained: dict[str, list[Exchange]]) -> None:
    listed = list(zip(TRUE_OPPOSITES[::2], TRUE_OPPOSITES[1::2], strict=True))
    true = {pair for a, b in [*listed, *ALSO_OPPOSITE, *OPPOSITES.items()] for pair in ((a, b), (b, a))}
    said = denied(trained["exact/word-check"], "opposite")
    assert len({word for word, _ in said}) == len(OPPOSITES) and not said & true
    assert OPPOSITE.wrong_claims is not None
    for word in OPPOSITES:
        claims = OPPOSITE.wrong_claims(word)
        assert len(claims) >= 20 and not {(word, claim) for claim in claims} & true


def test_no_plural_in_use_is_called_wrong(trained: dict[str, list[Exchange]]) -> None:
    said = denied(trained["exact/word-check"], "plural")
    assert said and not {claim for _, claim in said} & (ALSO_PLURAL | set(PLURALS.values()))
    assert PLURAL.wrong_claims is not None and all(PLURAL.wrong_claims(noun) for noun in PLURALS)


def test_no_seat_of_government_is_called_wrong(trained: dict[str, list[Exchange]]) -> None:
    said = denied(trained["exact/capital-check"], "capital")
    assert said and not {(country, city) for country, cities in SECOND_SEATS.items() for city in cities} & said
    for country in ("South Africa", "Bolivia", "Sri Lanka", "Ivory Coast", "Tanzania", "Benin"):
        assert country not in CAPITALS


def test_what_comes_first_is_not_asked_across_the_turn_of_a_year_or_week() -> None:
    order = "Monday Tuesday Wednesday Thursday Friday Saturday January February March April May June July".split()
    order += "August September October November December".split()
    for relation in LOOSELY_CHECKED:
        assert relation.wrong_claims is not None
        for operand in relation.facts:
            (claim,) = relation.wrong_claims(operand)
            before = relation.name.endswith("before")
            assert (order.index(claim) > order.index(operand)) == before
            assert (order.index(relation.facts[operand]) < order.index(operand)) == before
            assert {operand, relation.facts[operand]} != {"Saturday", "Sunday"} != {operand, claim}


def test_the_judge_accepts_another_right_opposite() -> None:
    for word, others in {"find": ("lose", "hide"), "easy": ("hard", "difficult"), "light": ("dark", "heavy")}.items():
        judge = OPPOSITE.question(word).judge
        assert all(judge(f"The opposite of {word} is {other}.") for other in others)
        assert not judge(f"The opposite of {word} is {word}.") and not judge(f"The opposite of {word} is wet.")


def test_words_to_sort_are_listed_words(trained: dict[str, list[Exchange]]) -> None:
    sorted_words = {word for _, answer in trained["exact/sort-words"] for word in answer.rstrip(".").split(", ")}
    assert sorted_words == set(SHORT_WORDS) <= set(WORDS)


def test_a_comparison_answers_with_either_operand(trained: dict[str, list[Exchange]]) -> None:
    numbers = [re.findall(r"\d+", question) + [answer.split()[0]] for question, answer in trained["exact/comparison"]]
    first = [answer == asked[0] for *asked, answer in numbers if asked]
    assert 0.45 < sum(first) / len(first) < 0.55


def test_follow_ups_are_a_part_of_every_family() -> None:
    for family in EXACT:
        rng = random.Random(2)
        longer = sum(len(family.sample(rng).turns) == 4 for _ in range(2000))
        assert 0.1 < longer / 2000 < 0.3, family.name


def test_data() -> None:
    assert len(set(OPPOSITES)) >= 120 and all(first != second for first, second in OPPOSITES.items())
    assert len(PLURALS) >= 120 and {"mice", "geese", "children", "sheep"} <= set(PLURALS.values())
    assert len(CAPITALS) >= 70 and len(COUNTRIES) == len(CAPITALS)
    assert len(WORDS) >= 400 and all(word.isalpha() and word.islower() and 3 <= len(word) <= 10 for word in WORDS)
    rng = random.Random(1)
    assert all(3 <= len(made_up(rng)) <= 9 for _ in range(5000))
