"""What the server says is said in the language of the request: every sentence has its Chinese, and it arrives."""

from __future__ import annotations

import re

import polib
import pytest
from django.test import Client
from django.utils import translation

from annotation.errors import BatchNotOpen
from config.base import words
from config.base.errors import InvalidInput
from tests.base.sentences import Said, all_said, places
from tests.builders import accounts as build

SAID = all_said()
CATALOGUE = {
    entry.msgid: entry.msgstr
    for entry in polib.pofile(str(words.LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    if not entry.fuzzy
}
# A sign of English between Chinese letters: after one it is a slip, between figures and Latin letters it is right.
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”}](?:[,;!?]|:(?!/))|[\u4e00-\u9fff][.(]")


def wordless(template: str) -> bool:
    """Whether it only passes on what fills it."""
    return not re.search(r"[a-zA-Z]", re.sub(r"\{[^}]*\}", "", template))


def test_every_sentence_is_a_literal_that_what_is_given_can_fill() -> None:
    inside = ("config/base/words.py", "config/base/errors.py")  # where templates are handed on
    for said in SAID:
        if said.where.startswith(inside):
            continue
        assert said.template is not None, f"{said.where} says what cannot be read from the source; write a template"
        if said.given is not None:
            assert places(said.template) <= said.given, f"{said.where} gives too little for {said.template!r}"


def test_every_sentence_has_its_chinese_with_the_same_places() -> None:
    missing = {said.template: said.where for said in spoken() if not CATALOGUE.get(said.template or "")}
    assert missing == {}, "add their Chinese to django.po, then ./loupe types"
    for said in spoken():
        chinese = CATALOGUE[said.template or ""]
        assert places(chinese) == places(said.template or ""), f"{said.where}: {chinese}"
        assert not HALF_WIDTH.search(chinese), f"{said.where}: {chinese}"
        assert chinese.endswith("。") == (said.template or "").endswith("."), f"{said.where}: {chinese}"


def test_the_catalogue_holds_nothing_that_is_said_no_more() -> None:
    assert CATALOGUE.keys() - {said.template for said in SAID} == set()


def test_a_stored_text_is_told_again_as_the_sentence_it_was_made_from() -> None:
    for said in spoken():
        template = said.template or ""
        values = {name: f"value-{number}" for number, name in enumerate(sorted(places(template)))}
        stored = words.noted(template, **values)

        with translation.override("zh-hans"):
            told, again = words.told(template, values), words.retold(stored)

        assert told != stored, template
        assert again == told, f"{template!r} is taken for another sentence"


def spoken() -> list[Said]:
    return [said for said in SAID if said.template is not None and not wordless(said.template)]


def test_what_stands_before_a_reason_stays_and_lists_are_joined_as_the_language_does() -> None:
    refused = InvalidInput("There is no severity {unknown}.", unknown=["huge", "tiny"])
    with translation.override("zh-hans"):
        assert words.retold("img/17/one o.jpg is larger than 64 MB") == "img/17/one o.jpg 超过 64 MB"
        assert words.retold("original text of a provider") == "original text of a provider"
        assert (refused.told(), refused.message) == ("没有判定等级 huge、tiny。", "There is no severity huge, tiny.")
    assert refused.told() == "There is no severity huge, tiny."


def test_sentences_and_clauses_in_a_list_are_each_told() -> None:
    whole = ["The run's folder is gone.", "Asked to stop."]
    clauses = ["is empty", "has fewer than three corners"]
    with translation.override("zh-hans"):
        assert words.told("{all!t}", {"all": whole}) == "运行的文件夹已不存在。 已请求停止。"
        assert words.told("{all!t}", {"all": clauses}) == "为空、顶点少于三个"
    assert words.filled("{all!t}", {"all": whole}) == "The run's folder is gone. Asked to stop."


def test_a_sentence_within_a_sentence_is_told_too() -> None:
    error = InvalidInput("The request does not fit: {why!t}", why="Expected `int`, got `str` - at `$.most`")
    with translation.override("zh-hans"):
        assert error.told() == "请求不符合要求：`$.most`：应为 `int`，实为 `str`"


@pytest.mark.parametrize(
    ("asked", "language"),
    [("zh-CN", "zh"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("en-GB,zh;q=0.5", "en"), ("fr", "en"), ("", "en")],
)
@pytest.mark.django_db
def test_a_refusal_comes_in_the_language_that_was_asked_for(asked: str, language: str) -> None:
    body = {"username": "nobody", "password": "wrong"}

    reply = (
        Client()
        .post("/api/v1/session", body, content_type="application/json", headers={"Accept-Language": asked})
        .json()
    )

    said = {
        "en": "This user name and password do not belong together. "
        "Ask an administrator for a reset link if you forgot yours.",
        "zh": "用户名与密码不匹配。忘记密码请向管理员索取重置链接。",
    }
    assert (reply["code"], reply["title"]) == ("wrong_credentials", said[language])


@pytest.mark.django_db
def test_a_refusal_for_the_next_request_is_in_its_own_language() -> None:
    def title(language: str) -> str:
        return str(Client().get("/api/v1/projects", headers={"Accept-Language": language}).json()["title"])

    assert [title("zh-CN"), title("en"), title("zh-CN")] == ["请先登录。", "Sign in first.", "请先登录。"]


@pytest.mark.django_db
def test_what_django_and_the_hot_requests_refuse_is_told_in_chinese_as_well() -> None:
    browser = Client(headers={"Accept-Language": "zh-CN"})
    hot = browser.post("/api/v1/projects/shop/batches/00000000-0000-0000-0000-000000000000/claim", content_type="x/y")
    boss = build.user(is_administrator=True)
    browser.force_login(boss)
    weak = browser.post(
        "/api/v1/administration/people", {"username": "eve", "password": "1234567890"}, content_type="application/json"
    ).json()

    assert hot.json()["title"] == "请先登录。"
    assert (weak["code"], "密码" in weak["title"]) == ("password_too_weak", True)
    assert BatchNotOpen().told() == BatchNotOpen.sentence  # outside a request: English
