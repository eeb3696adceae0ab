"""Names that mean the same are found, names that do not are kept apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.watchlists.domain.names import Words, keys_of, spellings_of, tokens_of

WORDS = Words(
    articles=("the",),
    connectives=("of", "and"),
    legal_forms=("co", "ltd", "jsc", "joint stock company", "sdn bhd"),
)


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("HARBIN INSTITUTE OF TECHNOLOGY", "Harbin Institute of Technology"),
        ("  Harbin   Institute of\tTechnology ", "Harbin Institute of Technology"),
        ("Ｈａｒｂｉｎ Institute of Technology", "Harbin Institute of Technology"),
        ("The Harbin Institute of Technology", "Harbin Institute of Technology"),
        ("Xi'an Aerotek", "Xi’An Aerotek Co., Ltd."),
        ("P. L. Kapitza Institute", "P.L. Kapitza Institute"),
        ("Joint Stock Company Micran", "Micran, JSC"),
        ("Research & Production Company", "Research and Production Company"),
        ("Universitat Zürich", "Universität Zurich"),
        ("İstanbul Üniversitesi", "istanbul universitesi"),
        ("Golden Gamp", "Golden Gamp Sdn Bhd"),
    ],
)
def test_dress_does_not_matter(asked: str, listed: str) -> None:
    assert keys_of(asked, WORDS).plain == keys_of(listed, WORDS).plain


def test_the_order_of_words_is_a_match_of_its_own() -> None:
    first = keys_of("University of Belgrade", WORDS)
    second = keys_of("Belgrade University", WORDS)
    assert (first.plain == second.plain, first.ordered == second.ordered) == (False, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Beijing Institute of Technology", "Beijing University of Technology"),
        ("11420 Corp", "11421 Corp"),
        ("48th Institute", "Institute"),
        ("Academy of Sciences", "Academy of Engineering"),
        ("哈尔滨工业大学", "哈尔滨工程大学"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert keys_of(one, WORDS).ordered != keys_of(other, WORDS).ordered


def test_a_name_of_nothing_but_dropped_words_keeps_one() -> None:
    assert keys_of("The", WORDS).plain == "the"
    assert keys_of("Co., Ltd.", WORDS).plain == "ltd"


def test_a_name_of_signs_has_nothing_to_search_for() -> None:
    assert keys_of("?! --", WORDS).plain == ""


def test_an_abbreviation_in_brackets_gives_two_more_names() -> None:
    name = "National University of Defense Technology (NUDT)"
    assert spellings_of(name) == (name, "National University of Defense Technology", "NUDT")


def test_an_abbreviation_of_the_parent_is_no_name() -> None:
    name = "Institute of Physics, Chinese Academy of Sciences (CAS)"
    assert spellings_of(name) == (name, "Institute of Physics, Chinese Academy of Sciences")


def test_a_place_in_brackets_is_no_abbreviation() -> None:
    assert spellings_of("ACM Research (Shanghai)") == ("ACM Research (Shanghai)",)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(name: str) -> None:
    plain = keys_of(name, WORDS).plain
    again = keys_of(plain, WORDS).plain
    assert again == plain or set(tokens_of(again)) < set(tokens_of(plain))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["alpha", "beta", "of", "the", "gamma", "Ltd"]), min_size=1))
def test_every_order_of_the_same_words_has_one_ordered_key(words: list[str]) -> None:
    inner = [word for word in words if word not in ("the", "Ltd")] or ["alpha"]
    assert (
        keys_of(" ".join(inner), WORDS).ordered == keys_of(" ".join(sorted(inner)), WORDS).ordered
    )
