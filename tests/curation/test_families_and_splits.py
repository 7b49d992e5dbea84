"""A family is never split, and a split is a pure function of seed and family."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from config.base.errors import InvalidInput
from curation.choices import Split
from curation.releases.families import Member, families, near_duplicates
from curation.releases.splits import Shares, split_of


def thumbnail(colour: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (32, 32), colour).save(out, "PNG")
    return out.getvalue()


RED, NEARLY_RED, BLUE = thumbnail((200, 20, 20)), thumbnail((201, 20, 20)), thumbnail((20, 20, 200))
PICTURES = {"red": RED, "nearly-red": NEARLY_RED, "blue": BLUE}


def member(
    number: int, *, group: str = "", pictures: tuple[str, ...] = (), original: str = "", phash: int = 0
) -> Member:
    own = original or f"picture-{number}"
    return Member(
        number, f"s-{number}", group, (own, *pictures), own, phash or (number * 0x9E3779B97F4A7C15) & (2**64 - 1)
    )


def read(sha256: str) -> bytes:
    return PICTURES.get(sha256, RED)


def test_a_group_and_a_shared_picture_make_a_family() -> None:
    found = families([member(1, group="g"), member(2, group="g"), member(3, pictures=("picture-2",)), member(4)], read)

    assert found == {1: "f-s-1", 2: "f-s-1", 3: "f-s-1", 4: "f-s-4"}


def test_near_duplicates_need_a_near_hash_and_near_colours() -> None:
    same_hash = [member(1, original="red", phash=0b1011), member(2, original="nearly-red", phash=0b1000)]
    other_colour = [*same_hash[:1], member(3, original="blue", phash=0b1011)]
    far_hash = [*same_hash[:1], member(4, original="nearly-red", phash=0b1011 ^ 0b1111_0000)]

    assert near_duplicates(same_hash, read) == [(1, 2)] * 3  # in three of four bands
    assert near_duplicates(other_colour, read) == []
    assert near_duplicates(far_hash, read) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "a", "b", "c"]), st.lists(st.sampled_from(["p", "q", "r", "s"]), max_size=2)),
        min_size=1,
        max_size=25,
    )
)
def test_whatever_joins_two_samples_they_lie_in_one_split(drawn: list[tuple[str, list[str]]]) -> None:
    members = [
        member(number, group=group, pictures=tuple(pictures)) for number, (group, pictures) in enumerate(drawn, start=1)
    ]

    found = families(members, read)

    for one in members:
        for other in members:
            joined = (one.group and one.group == other.group) or set(one.pictures) & set(other.pictures)
            if joined:
                splits = {split_of(found[each.sample_id], seed=3, shares=Shares(60, 20)) for each in (one, other)}
                assert len(splits) == 1


def test_splits_keep_to_their_shares_and_to_their_seed() -> None:
    names = [f"f-{number}" for number in range(4000)]
    first = [split_of(name, seed=1, shares=Shares(80, 10)) for name in names]

    assert first == [split_of(name, seed=1, shares=Shares(80, 10)) for name in names]
    assert first != [split_of(name, seed=2, shares=Shares(80, 10)) for name in names]
    assert abs(first.count(Split.TRAIN) / 4000 - 0.8) < 0.03
    assert abs(first.count(Split.TEST) / 4000 - 0.1) < 0.03


@pytest.mark.parametrize("text", ["80/20", "80/10/20", "a/b/c", "100/0/0", "0/50/50", ""])
def test_shares_that_make_no_sense_are_refused(text: str) -> None:
    assert Shares.parse("70/20/10") == Shares(70, 20)
    with pytest.raises(InvalidInput):
        Shares.parse(text)
