"""The stories: what the grammar tells it can read back, and what it did not tell it refuses."""

from __future__ import annotations

import random
import re

import pytest

from corpus.example import Example, Turn, is_held_out, normalise
from corpus.stories import STORIES, requests
from corpus.stories.cast import HELPERS, NAMES, SUBJECTS, THINGS
from corpus.stories.family import another_story_judge, short_judge, story_judge
from corpus.stories.frames import CLOSINGS, OPENINGS
from corpus.stories.grammar import ARCS, read, tell
from corpus.stories.places import PLACES
from corpus.stories.wishes import Wish, choose_plan, word_request
from corpus.suggested import SUGGESTED

SAMPLES = 20_000


def draw(seed: int, count: int) -> list[Example]:
    rng = random.Random(seed)
    return [STORIES.sample(rng) for _ in range(count)]


@pytest.fixture(scope="module")
def samples() -> list[Example]:
    return draw(5, SAMPLES)


@pytest.fixture(scope="module")
def stories(samples: list[Example]) -> list[str]:
    return [example.turns[1].text for example in samples[:2_000]]


@pytest.fixture(scope="module")
def held_out() -> list[Example]:
    return STORIES.held_out()


def test_the_cast_is_large_enough() -> None:
    assert len({subject.noun for subject in SUBJECTS}) == len(SUBJECTS) >= 60
    assert len({place.noun for place in PLACES}) == len(PLACES) >= 25
    assert len(set(THINGS)) == len(THINGS) >= 30
    assert len(NAMES) >= 60
    assert len({arc.id for arc in ARCS}) == len(ARCS) >= 30


def test_no_word_plays_two_parts() -> None:
    subjects = {subject.noun for subject in SUBJECTS}
    places = {place.noun for place in PLACES}
    assert not subjects & places
    assert not (subjects | places | set(HELPERS)) & set(THINGS)
    assert not places & set(HELPERS)


def test_plots_name_protagonists_that_exist() -> None:
    nouns = {subject.noun for subject in SUBJECTS}
    assert all(noun in nouns for arc in ARCS for noun in arc.not_for)


def test_every_step_has_several_wordings() -> None:
    for arc in ARCS:
        assert all(len(set(step)) >= 2 for step in arc.steps), arc.id
    assert len(OPENINGS) >= 8
    assert len(CLOSINGS) >= 12


def test_every_wording_keeps_to_the_roles_of_its_plot() -> None:
    """A helper is introduced before it is "the" helper, whichever wordings meet."""
    for arc in ARCS:
        introduced = False
        for step in arc.steps:
            for wording in step:
                first_the = wording.find("{helper}")
                first_a = wording.casefold().find("{a_helper}")
                assert first_the < 0 or introduced or 0 <= first_a < first_the, (arc.id, wording)
                assert first_a < 0 or not introduced, (arc.id, wording)
            introducing = {"a_helper}" in wording.casefold() for wording in step}
            assert len(introducing) == 1, (arc.id, step)
            introduced = introduced or introducing == {True}


def test_an_opening_says_the_name_before_any_pronoun() -> None:
    for opening in OPENINGS:
        pronoun = re.search(r"\{(?:he|him|his|self)\}", opening, re.IGNORECASE)
        assert pronoun is None or opening.index("{N}") < pronoun.start(), opening


def test_sampling_is_deterministic() -> None:
    assert [example.turns for example in draw(9, 300)] == [example.turns for example in draw(9, 300)]
    first, second = STORIES.held_out(), STORIES.held_out()
    assert [example.turns for example in first] == [example.turns for example in second]


def test_stories_have_the_promised_length(stories: list[str]) -> None:
    lengths = [len(story.split()) for story in stories]
    assert min(lengths) >= 55
    assert max(lengths) <= 110


def test_stories_are_plain_text(stories: list[str]) -> None:
    for story in stories:
        assert story.isascii()
        assert story[0].isupper()
        assert story.endswith(".")
        assert "{" not in story and "  " not in story


def test_every_story_can_be_read_back(stories: list[str]) -> None:
    for story in stories:
        plan = read(story)
        assert plan is not None, story
        assert plan.name in story and plan.subject.noun in story and plan.place.noun in story


def test_a_story_with_a_swapped_name_is_refused(stories: list[str]) -> None:
    for story in stories[:300]:
        plan = read(story)
        assert plan is not None
        other = "Zoe" if plan.name != "Zoe" else "Leo"
        head, found, tail = story.rpartition(plan.name)
        assert found
        if head.count(plan.name):
            assert read(f"{head}{other}{tail}") is None


def test_a_story_with_a_swapped_pronoun_is_refused(stories: list[str]) -> None:
    swaps = {" he ": " she ", " she ": " he ", " his ": " her ", " him ": " her "}
    for story in stories[:300]:
        for old, new in swaps.items():
            if old in story:
                assert read(story.replace(old, new, 1)) is None, (old, story)


def test_a_story_with_a_changed_thing_is_refused(stories: list[str]) -> None:
    with_thing = [(story, plan) for story in stories[:500] if (plan := read(story)) and plan.thing]
    assert with_thing
    for story, plan in with_thing:
        other = "kite" if plan.thing != "kite" else "drum"
        head, _, tail = story.rpartition(f" {plan.thing}")
        assert read(f"{head} {other}{tail}") is None


def test_a_story_with_a_shuffled_half_sentence_is_refused(stories: list[str]) -> None:
    rng = random.Random(3)
    for story in stories[:300]:
        sentences = story.split(". ")
        at = rng.randrange(len(sentences))
        words = sentences[at].split(" ")
        half = words[len(words) // 2 :]
        shuffled = rng.sample(half, len(half))
        if shuffled == half:
            continue
        sentences[at] = " ".join(words[: len(words) // 2] + shuffled)
        assert read(". ".join(sentences)) is None


def test_a_broken_off_story_is_refused(stories: list[str]) -> None:
    for story in stories[:300]:
        assert read(story[:-1]) is None
        assert read(story.rsplit(" ", 3)[0]) is None
        assert read(story + " And then") is None


def test_the_end_of_another_plot_is_refused() -> None:
    rng = random.Random(8)
    told = [(read(example.turns[1].text), example.turns[1].text) for example in draw(8, 200)]
    refused = 0
    for (plan, text), (other, _) in zip(told, told[1:], strict=False):
        assert plan is not None and other is not None
        if plan.arc is other.arc:
            continue
        own_end = next(end.format_map(plan.slots) for end in plan.arc.end if end.format_map(plan.slots) in text)
        slots = {**other.slots, **plan.slots}
        foreign_end = rng.choice(other.arc.end).format_map(slots)
        assert read(text.replace(own_end, foreign_end)) is None
        refused += 1
    assert refused > 100


def test_the_judge_wants_the_asked_words() -> None:
    example = next(e for e in draw(4, 500) if "fox" in e.turns[0].text and len(e.turns) == 2)
    story = example.turns[1].text
    assert story_judge("fox")(story)
    assert not story_judge("zeppelin")(story)
    assert not story_judge("fox")("The fox was happy.")


def test_another_story_is_not_the_one_that_was_told() -> None:
    wish = Wish("about", next(subject for subject in SUBJECTS if subject.noun == "fox"))
    rng = random.Random(12)
    plan, other = choose_plan(rng, wish), choose_plan(rng, wish)
    former, again, new = tell(rng, plan), tell(rng, plan), tell(rng, other)
    judge = another_story_judge(former, "fox")
    assert former != again and plan != other
    assert judge(new) and not judge(former) and not judge(again) and not judge(f" {former} ")
    assert not another_story_judge(former, "zeppelin")(new) and not judge("Another fox.")


def test_a_question_about_a_story_wants_a_short_answer(stories: list[str]) -> None:
    story = stories[0]
    plan = read(story)
    assert plan is not None
    judge = short_judge(plan.name, NAMES)
    assert judge(f"The {plan.subject.noun} was called {plan.name}.") and judge(f"{plan.name.lower()}")
    assert not judge(story) and not judge("It had no name.") and not judge("")
    other = next(name for name in NAMES if name != plan.name)
    assert not judge(f"Its name was {plan.name} or {other}.")


def test_held_out_questions_about_a_story_refuse_the_story(held_out: list[Example]) -> None:
    later = [example for example in held_out if len(example.turns) == 4]
    assert len(later) >= 40
    for example in later:
        assert example.judge is not None and not example.judge(example.turns[1].text)


def test_a_story_may_be_about_a_being_and_a_place(samples: list[Example]) -> None:
    asked = [example.turns for example in samples if example.turns[0].text.startswith("Tell us a story about a")]
    pairs = [
        (turns, place)
        for turns in asked
        for place in PLACES
        if turns[0].text.endswith((f" and {place.any_one}.", f" and {place.any_one}"))
    ]
    assert pairs
    for turns, place in pairs:
        plan = read(turns[1].text)
        assert plan is not None and plan.place is place and turns[1].text.count(place.noun) >= 2


def test_the_suggested_story_can_be_told_and_is_never_trained_on(samples: list[Example]) -> None:
    fox = next(subject for subject in SUBJECTS if subject.noun == "fox")
    wish = Wish("and-place", fox, place=next(place for place in PLACES if place.noun == "lighthouse"))
    prompt = word_request(requests.AND_PLACE[0], wish)
    assert prompt in SUGGESTED
    rng = random.Random(1)
    assert all(SUGGESTED[prompt](tell(rng, choose_plan(rng, wish), about_place=True)) for _ in range(50))
    for turn in (turn for example in samples for turn in example.turns if turn.role == "assistant"):
        plan = read(turn.text) if "fox" in turn.text and "lighthouse" in turn.text else None
        assert plan is None or (plan.subject, plan.place.noun) != (fox, "lighthouse")


def test_a_place_that_was_asked_for_comes_back(samples: list[Example]) -> None:
    rng = random.Random(2)
    plan = read(samples[0].turns[1].text)
    assert plan is not None
    for _ in range(200):
        assert tell(rng, plan, about_place=True).count(plan.place.noun) >= 2


def test_held_out_requests_are_many_and_pass_their_judges(held_out: list[Example]) -> None:
    assert 100 <= len(held_out) <= 160
    for example in held_out:
        assert example.judge is not None
        assert example.judge(example.turns[-1].text)
        assert not example.judge("")
        assert not example.judge("I do not know.")


def test_training_never_shows_a_held_out_request(samples: list[Example], held_out: list[Example]) -> None:
    asked = {normalise(turn.text) for e in samples for turn in e.turns if turn.role == "user"}
    for example in held_out:
        assert normalise(example.turns[-2].text) not in asked


def test_training_never_joins_a_held_out_pair(samples: list[Example]) -> None:
    for example in samples[:6_000]:
        for turn in example.turns:
            plan = read(turn.text) if turn.role == "assistant" and len(turn.text) > 100 else None
            if plan is not None:
                for other in (plan.place.noun, plan.name, plan.thing):
                    assert other is None or not is_held_out(f"story/{plan.subject.noun}/{other}")


def test_follow_ups_answer_from_the_story(samples: list[Example]) -> None:
    seen = 0
    for example in samples:
        if len(example.turns) == 4 and example.turns[3].text.startswith("The "):
            plan = read(example.turns[1].text)
            if plan is not None and " was called " in example.turns[3].text:
                assert example.turns[3] == Turn("assistant", f"The {plan.subject.noun} was called {plan.name}.")
                seen += 1
    assert seen > 200


def test_unseen_phrasings_are_not_among_the_seen() -> None:
    seen = {
        normalise(text)
        for group in (
            requests.ANY, requests.ABOUT, requests.IN_PLACE, requests.AND_PLACE, requests.WITH_THING, requests.NAMED,
            requests.ANOTHER, requests.CHANGE, requests.CALLED, requests.LIVED, requests.HELPED,
        )
        for text in group
    }  # fmt: skip
    unseen = [*sum(requests.UNSEEN.values(), ()), *requests.ANOTHER_UNSEEN, *requests.CHANGE_UNSEEN,
              *requests.CALLED_UNSEEN, *requests.LIVED_UNSEEN, *requests.HELPED_UNSEEN]  # fmt: skip
    assert not seen & {normalise(text) for text in unseen}
