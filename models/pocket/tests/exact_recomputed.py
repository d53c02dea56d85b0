"""The answers to exact tasks, worked out again without the code that wrote them.

Each check asserts that an answer is right for its question and returns the operands that it speaks of.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable

from corpus.exact.capitals import CAPITALS
from corpus.exact.word_facts import OPPOSITES, PLURALS

DAY_NAMES = list(calendar.day_name)
MONTH_NAMES = list(calendar.month_name)[1:]


def match(pattern: str, answer: str) -> tuple[str, ...]:
    found = re.fullmatch(pattern, answer)
    assert found is not None, answer
    return found.groups()


def pair(a: str, b: str) -> str:
    return " ".join(sorted((a, b)))


def check_calculation(question: str, answer: str) -> str:
    tail = r"(?:, and (\d+) is (equal|larger|smaller), so (yes|no))?\."
    a, sign, b, result, repeated, relation, verdict = match(r"(\d+) ([+-]) (\d+) = (-?\d+)" + tail, answer)
    assert int(result) == (int(a) + int(b) if sign == "+" else int(a) - int(b))
    numbers = re.findall(r"\d+", question)
    if verdict is not None:
        claim = next(n for n in numbers if sorted(numbers) == sorted([a, b, n]))
        assert repeated == claim and (verdict == "yes") == (claim == result) == (relation == "equal")
        assert (int(claim) > int(result)) == (relation == "larger")
    else:
        assert set(numbers) <= {a, b} and numbers
    return f"{sign} {pair(a, b)}"


def check_comparison(question: str, answer: str) -> str:
    a, relation, b, verdict = match(r"(\d+) is (larger|smaller) than (\d+)(?:, so (yes|no))?\.", answer)
    assert (int(a) > int(b)) == (relation == "larger") and a != b
    if verdict is not None:
        first, second = map(int, re.findall(r"\d+", question))
        if re.search(r">|larger|bigger|greater|more", question):
            assert (verdict == "yes") == (first > second)
        elif re.search(r"<|smaller|lower|less", question):
            assert (verdict == "yes") == (first < second)
        else:
            assert re.search(r"than", question), "only a slip of the finger may hide the relation"
    return pair(a, b)


def check_sorting(question: str, answer: str) -> str:
    numbers = [int(number) for number in answer.rstrip(".").split(", ")]
    assert numbers in (sorted(numbers), sorted(numbers, reverse=True)) and 3 <= len(numbers) <= 5
    asked = [int(number) for number in re.findall(r"\d+", question)]
    assert not asked or sorted(asked) == sorted(numbers)
    if re.search(r"descending|largest first|high to low|to smallest|to lowest|large to small", question):
        assert numbers[0] > numbers[-1]
    if re.search(r"ascending|smallest first|low to high|to largest|to highest|small to large", question):
        assert numbers[0] < numbers[-1]
    return str(sorted(numbers))


def check_sort_words(question: str, answer: str) -> str:
    words = answer.rstrip(".").split(", ")
    initials = [word[0] for word in words]
    assert len(words) == len(set(initials)) == 3
    assert initials in (sorted(initials), sorted(initials, reverse=True))
    if any(word in question for word in words):
        assert all(re.search(rf"\b{word}\b", question) for word in words)
    if re.search(r"from z to a\b", question, re.IGNORECASE):
        assert initials[0] > initials[-1]
    elif not re.match(r"and |what about |now ", question, re.IGNORECASE) or "A to Z" in question:
        assert initials[0] < initials[-1]
    return str(sorted(words))


def check_list_reversal(question: str, answer: str) -> str:
    items = answer.rstrip(".").split(", ")
    if ", " in question:
        assert ", ".join(reversed(items)).casefold() in question.casefold()
    return str(min(items, items[::-1]))


def check_count(question: str, answer: str) -> str:
    listed, total, what = match(r"(.*): (\d+) (letters|items)\.", answer)
    entries = [match(r"(\w+) \((\d+)\)", entry) for entry in listed.split(", ")]
    assert [int(number) for _, number in entries] == list(range(1, int(total) + 1))
    things = [thing for thing, _ in entries]
    assert ("".join(things) if what == "letters" else ", ".join(things)) in question
    return str(sorted(things) if what == "items" else things)


def check_spelling(question: str, answer: str) -> str:
    word = answer.rstrip(".").replace("-", "")
    assert re.search(rf"\b{word}\b", question) and answer == "-".join(word) + "."
    return word


def check_word_reversal(question: str, answer: str) -> str:
    chain, backwards = match(r"([a-z-]+) backwards is ([a-z-]+)\.", answer)
    assert list(reversed(chain)) == list(backwards)
    assert re.search(rf"\b{chain.replace('-', '')}\b", question)
    return chain


def check_letter_count(question: str, answer: str) -> str:
    letter, listed, count, unit = match(r"Looking for ([a-z]) in (.+): (\d) (times?)\.", answer)
    chain = re.sub(r"[^a-z]", "", listed)
    assert chain.count(letter) == int(count)
    assert re.findall(r"[a-z] \(\d\)", listed) == [f"{letter} ({n})" for n in range(1, int(count) + 1)]
    assert (unit == "time") == (count == "1") and re.search(rf"\b{letter}\b", question)
    return f"{letter} {chain}"


CHECKS: dict[str, Callable[[str, str], str]] = {
    "exact/addition": check_calculation,
    "exact/subtraction": check_calculation,
    "exact/arithmetic-check": check_calculation,
    "exact/comparison": check_comparison,
    "exact/comparison-check": check_comparison,
    "exact/sorting": check_sorting,
    "exact/sort-words": check_sort_words,
    "exact/list-reversal": check_list_reversal,
    "exact/item-count": check_count,
    "exact/word-length": check_count,
    "exact/spelling": check_spelling,
    "exact/word-reversal": check_word_reversal,
    "exact/letter-count": check_letter_count,
}


def true_statement(statement: str) -> bool:
    """Whether a sentence about words, the calendar or capitals is true."""
    words = statement.split()
    operand, value = (part.strip() for part in statement.rsplit(" is ", 1)) if " is " in statement else ("", "")
    if found := re.fullmatch(r"The (day|month) (after|before) (\w+) is (\w+)", statement):
        names = DAY_NAMES if found[1] == "day" else MONTH_NAMES
        step = 1 if found[2] == "after" else -1
        return names[(names.index(found[3]) + step) % len(names)] == found[4]
    if found := re.fullmatch(r"Two days (after|before) (\w+) is (\w+)", statement):
        step = 2 if found[1] == "after" else -2
        return DAY_NAMES[(DAY_NAMES.index(found[2]) + step) % 7] == found[3]
    if found := re.fullmatch(r"(\w+) has (\d+) days(, or 29 in a leap year)?", statement):
        length = calendar.monthrange(2023, MONTH_NAMES.index(found[1]) + 1)[1]
        return length == int(found[2]) and (found[3] is not None) == (length == 28)
    if found := re.fullmatch(r"(\w+) is month (\d+) of the year", statement):
        return MONTH_NAMES.index(found[1]) + 1 == int(found[2])
    if words[0] == "Month":
        return MONTH_NAMES[int(words[1]) - 1] == value
    if found := re.fullmatch(r"(.+) is the capital of (.+)", statement):
        return CAPITALS[found[2]] == found[1]
    table = {"opposite": OPPOSITES, "plural": PLURALS, "capital": CAPITALS}[words[1]]
    return table[operand.split(" of ", 1)[1]] == value
