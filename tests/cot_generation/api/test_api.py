"""Over HTTP: who may, what is refused, and that a key never comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.choices import Role
from cot_generation import checks
from cot_generation.models import Endpoint, Rationale, Run
from tests.builders import accounts as build_accounts
from tests.builders import cot_generation as build
from tests.cot_generation.conftest import World
from tests.fakes import endpoint as fakes
from tests.fakes.endpoint import FaultyEndpoint
from tests.platform import ApiClient

pytestmark = pytest.mark.django_db(transaction=True)

Api = Callable[[], ApiClient]
MakeWorld = Callable[..., World]
KEY = "sk-a-very-secret-key-9f3b"


def fields(provider: FaultyEndpoint, **changes: object) -> dict[str, object]:
    return {"name": "Ours", "base_url": provider.url, "model": "test-model", "key": KEY, **changes}


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world(samples=2)


@pytest.fixture
def lead(api: Api, world: World) -> ApiClient:
    return api().signed_in_as(world.member(Role.LEAD))


def at(world: World, path: str) -> str:
    return f"/projects/{world.project.slug}{path}"


def test_a_key_goes_in_encrypted_and_never_comes_out(world: World, lead: ApiClient, provider: FaultyEndpoint) -> None:
    made = lead.post(at(world, "/endpoints"), fields(provider))

    stored = Endpoint.objects.get(pk=made.json()["id"])
    assert made.status_code == 201
    assert (made.json()["has_key"], made.json()["key_hint"]) == (True, "9f3b")
    assert KEY.encode() not in bytes(stored.key_cipher or b"")
    everything = made.content + lead.get(at(world, "/endpoints")).content
    assert KEY.encode() not in everything
    assert b"key_cipher" not in everything


def test_a_new_address_clears_the_key(world: World, lead: ApiClient, provider: FaultyEndpoint) -> None:
    made = lead.post(at(world, "/endpoints"), fields(provider)).json()
    path = at(world, f"/endpoints/{made['id']}")

    renamed = lead.patch(path, {"name": "Still ours"}).json()
    moved = lead.patch(path, {"base_url": provider.url + "/other"}).json()

    assert (renamed["has_key"], moved["has_key"], moved["key_hint"]) == (True, False, "")
    refused = lead.post(path + "/test")
    assert (refused.status_code, refused.json()["code"]) == (400, "key_missing")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://10.0.0.7/v1", "address_not_allowed"),
        ("http://169.254.169.254/latest", "address_not_allowed"),
        ("http://127.0.0.1.example.org/v1", "address_not_allowed"),
        ("http://user@127.0.0.1/v1", "invalid_input"),
        ("http://127.0.0.1/v1?key=1", "invalid_input"),
        ("file:///etc/passwd", "invalid_input"),
        ("http://127.0.0.1:99999/v1", "invalid_input"),
    ],
)
def test_an_address_outside_the_administrators_list_is_refused(
    url: str, code: str, world: World, lead: ApiClient, provider: FaultyEndpoint
) -> None:
    refused = lead.post(at(world, "/endpoints"), fields(provider, base_url=url))

    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert lead.post(at(world, "/endpoints"), fields(provider)).status_code == 201


def test_the_sandbox_is_allowed_by_its_setting_and_cannot_be_unmarked(
    world: World, lead: ApiClient, provider: FaultyEndpoint, settings: Any
) -> None:
    settings.ENDPOINT_HOSTS = []
    assert lead.post(at(world, "/endpoints"), fields(provider)).status_code == 400
    settings.SANDBOX_URL = provider.url

    made = lead.post(at(world, "/endpoints"), fields(provider, sandbox=False)).json()

    assert made["sandbox"] is True
    assert lead.patch(at(world, f"/endpoints/{made['id']}"), {"sandbox": False}).json()["sandbox"] is True


def test_the_test_button_tells_what_came_back(world: World, lead: ApiClient, provider: FaultyEndpoint) -> None:
    made = lead.post(at(world, "/endpoints"), fields(provider)).json()
    provider.behaviours = [fakes.answers(content='{"text": "A red disc."}'), fakes.fails(401)]

    good = lead.post(at(world, f"/endpoints/{made['id']}/test")).json()
    bad = lead.post(at(world, f"/endpoints/{made['id']}/test")).json()

    assert good["passed"] is True
    assert good["reply"] == '{"text": "A red disc."}'
    assert [line["passed"] for line in good["lines"]] == [True, True, True, True]
    assert bad["passed"] is False
    sent = provider.bodies[0]["messages"][0]["content"][0]["image_url"]["url"]
    assert sent.startswith("data:image/png;base64,")


def test_without_a_price_there_is_no_run_and_old_prices_stay(
    world: World, lead: ApiClient, provider: FaultyEndpoint
) -> None:
    endpoint = lead.post(at(world, "/endpoints"), fields(provider)).json()
    prompt = build.prompt(world.project.pk)
    body = {
        "prompt_id": prompt.pk,
        "endpoint_id": endpoint["id"],
        "cap": "1",
        "scope": {"only_settled": False, "aspects": ["physical_shadow"]},
    }
    refused = lead.post(at(world, "/rationale-runs"), body)
    assert (refused.status_code, refused.json()["code"]) == (400, "price_missing")

    path = at(world, f"/endpoints/{endpoint['id']}/prices")
    lead.post(path, {"input_per_million": "2", "output_per_million": "8", "valid_from": "2020-01-01T00:00:00Z"})
    priced = lead.post(path, {"input_per_million": "1", "output_per_million": "4"}).json()

    assert [float(price["input_per_million"]) for price in priced["prices"]] == [1.0, 2.0]
    assert float(priced["price"]["input_per_million"]) == 1.0
    made = lead.post(at(world, "/rationale-runs"), body)
    assert (made.status_code, made.json()["state"], made.json()["question_count"]) == (201, "running", 2)


@pytest.fixture
def endpoint(world: World, provider: FaultyEndpoint) -> Endpoint:
    return build.endpoint(world.project.pk, url=provider.url)


def run_body(world: World, endpoint: Endpoint, **changes: object) -> dict[str, object]:
    prompt = build.prompt(world.project.pk)
    scope = {"only_settled": False, "aspects": ["physical_shadow"]}
    return {"prompt_id": prompt.pk, "endpoint_id": endpoint.pk, "cap": "1", "scope": scope, **changes}


def test_a_dry_run_sends_nothing_and_prices_every_question(
    world: World, lead: ApiClient, endpoint: Endpoint, provider: FaultyEndpoint
) -> None:
    body = run_body(world, endpoint)
    del body["cap"]

    found = lead.post(at(world, "/rationale-runs/estimate"), body).json()

    assert (found["questions"], found["calls"], found["basis"]) == (2, 2, "guess")
    assert 0 < float(found["low"]) < float(found["middle"]) < float(found["high"]) <= float(found["ceiling"])
    assert provider.journal == []
    assert not Run.objects.exists()


def test_a_run_in_batches_is_priced_by_their_share_shown_with_its_batches_and_refused_without_one(
    world: World, lead: ApiClient, provider: FaultyEndpoint
) -> None:
    cheap = build.endpoint(world.project.pk, url=provider.url, batch_share="0.5")
    plain = build.endpoint(world.project.pk, url=provider.url, name="plain")
    body = run_body(world, cheap)
    estimate = at(world, "/rationale-runs/estimate")

    singly, batched = (
        lead.post(estimate, {key: value for key, value in body.items() if key != "cap"} | {"batched": wanted}).json()
        for wanted in (False, True)
    )
    made = lead.post(at(world, "/rationale-runs"), body | {"batched": True}).json()
    shown = lead.get(at(world, f"/rationale-runs/{made['id']}")).json()
    refused = lead.post(at(world, "/rationale-runs"), run_body(world, plain) | {"batched": True})

    assert float(batched["middle"]) == pytest.approx(float(singly["middle"]) / 2)
    assert (shown["run"]["batched"], [each["phase"] for each in shown["batches"]]) == (True, ["forming"])
    assert (refused.status_code, refused.json()["code"]) == (400, "batches_not_offered")


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"cap": "0"}, 429, "cap_too_low"),
        ({"cap": "-1"}, 400, "invalid_input"),
        ({"scope": {"aspects": ["no_such"]}}, 400, "invalid_input"),
        ({"scope": {"samples": ["no-such"]}}, 404, "sample_unknown"),
        ({"scope": {"only_settled": True}}, 400, "questions_missing"),
        ({"prompt_id": "00000000-0000-7000-8000-000000000000"}, 404, "prompt_unknown"),
        ({"endpoint_id": "00000000-0000-7000-8000-000000000000"}, 404, "endpoint_unknown"),
    ],
)
def test_a_run_that_makes_no_sense_is_refused(
    changes: dict[str, object], status: int, code: str, world: World, lead: ApiClient, endpoint: Endpoint
) -> None:
    refused = lead.post(at(world, "/rationale-runs"), run_body(world, endpoint, **changes))

    assert (refused.status_code, refused.json()["code"]) == (status, code), refused.content
    assert not Run.objects.exists()
    assert lead.post(at(world, "/rationale-runs"), run_body(world, endpoint)).status_code == 201


def test_another_projects_endpoint_and_prompt_are_not_found(
    world: World, lead: ApiClient, endpoint: Endpoint, provider: FaultyEndpoint
) -> None:
    other = build_accounts.project()
    theirs = build.endpoint(other.pk, url=provider.url)

    for body in (
        run_body(world, endpoint, endpoint_id=theirs.pk),
        run_body(world, endpoint, prompt_id=build.prompt(other.pk).pk),
    ):
        assert lead.post(at(world, "/rationale-runs"), body).status_code == 404
    assert lead.get(at(world, f"/endpoints/{theirs.pk}")).status_code == 404


def test_a_run_is_watched_paused_raised_and_cancelled(
    world: World, lead: ApiClient, endpoint: Endpoint, work_off: Callable[..., int], provider: FaultyEndpoint
) -> None:
    world.settle("A")
    provider.behaviours = [fakes.says("no json"), fakes.answers(faulty=())]
    run = lead.post(at(world, "/rationale-runs"), run_body(world, endpoint)).json()
    path = at(world, f"/rationale-runs/{run['id']}")

    paused = lead.post(path + "/pause").json()
    again = lead.post(path + "/pause")
    assert (paused["run"]["state"], again.status_code, again.json()["code"]) == ("paused", 409, "run_not_movable")
    assert float(lead.patch(path, {"cap": "2.5"}).json()["run"]["cap"]) == 2.5
    lead.post(path + "/start")
    work_off()
    from django.utils import timezone

    from cot_generation.models import RunQuestion

    RunQuestion.objects.update(next_attempt_at=timezone.now())
    work_off()

    seen = lead.get(path).json()
    assert (seen["run"]["state"], seen["done"], seen["calls_settled"]) == ("done", 2, 3)
    assert [(row["outcome"], row["count"], row["follows"]) for row in seen["failures"]] == [
        ("malformed", 1, "one_more")
    ]
    assert [stage["name"] for stage in seen["funnel"]][:3] == ["sent", "answered", "fits_schema"]
    assert seen["ready"] + seen["failed_a_check"] == 2
    assert lead.patch(path, {"cap": "3"}).json()["code"] == "run_not_movable"
    listed = lead.get(at(world, "/rationales"), run=run["id"]).json()["results"]
    assert len(listed) == 2
    failed = lead.get(at(world, "/rationales"), failed_check="conclusion").json()["results"]
    assert [row["failed_checks"][0] for row in failed] == ["conclusion"] * len(failed)
    one = lead.get(at(world, f"/rationales/{listed[0]['id']}")).json()
    assert list(one["checks"]) == list(checks.CHECKS)
    assert len(one["calls"]) >= 1


ROLES = [
    ("get", "/endpoints", Role.LEAD),
    ("post", "/endpoints", Role.LEAD),
    ("get", "/prompts", Role.LEAD),
    ("post", "/prompts", Role.LEAD),
    ("post", "/prompts/preview", Role.LEAD),
    ("get", "/rationale-runs", Role.REVIEWER),
    ("post", "/rationale-runs", Role.LEAD),
    ("post", "/rationale-runs/estimate", Role.LEAD),
    ("get", "/rationales", Role.REVIEWER),
    ("get", "/rationales/summary", Role.REVIEWER),
    ("get", "/rationales/1", Role.REVIEWER),
    ("post", "/rationales/writing-batches", Role.LEAD),
    ("post", "/rationales/revising-batches", Role.LEAD),
    ("post", "/rationales/1/revise", Role.REVIEWER),
    ("get", "/assignments/1/rationale", Role.ANNOTATOR),
    ("post", "/assignments/1/rationale", Role.ANNOTATOR),
    ("post", "/assignments/1/rationale/check", Role.ANNOTATOR),
]


@pytest.mark.parametrize(("method", "path", "needed"), ROLES)
def test_each_role_gets_as_far_as_it_should(method: str, path: str, needed: Role, api: Api, world: World) -> None:
    def status(client: ApiClient) -> int:
        return int(getattr(client, method)(at(world, path)).status_code)

    stranger = api().signed_in_as(build_accounts.user())
    assert status(api()) == 401
    assert status(stranger) == 404
    for role in (Role.ANNOTATOR, Role.REVIEWER, Role.LEAD):
        got = status(api().signed_in_as(world.member(role)))
        assert (got == 403) is (not role.covers(needed)), (role, got)


def test_a_rationale_of_another_project_is_not_found(world: World, lead: ApiClient, make_world: MakeWorld) -> None:
    theirs = make_world()
    rationale = build.rationale(theirs.project.pk, sample_id=theirs.samples[0].pk, aspect_id=theirs.aspect_id)
    ours = build.rationale(world.project.pk, sample_id=world.samples[0].pk, aspect_id=world.aspect_id)

    assert lead.get(at(world, f"/rationales/{rationale.pk}")).status_code == 404
    assert lead.post(at(world, f"/rationales/{rationale.pk}/revise"), revision()).status_code == 404
    assert lead.get(at(world, f"/rationales/{ours.pk}")).status_code == 200


def revision() -> dict[str, object]:
    return {"sentences": [{"text": "The shadow in B is missing.", "slot": "B", "defect": True}], "concluded": ["B"]}


def test_a_reviewer_revises_and_sees_the_versions(api: Api, world: World) -> None:
    reviewer = api().signed_in_as(world.member(Role.REVIEWER))
    old = build.rationale(world.project.pk, sample_id=world.samples[0].pk, aspect_id=world.aspect_id)

    new = reviewer.post(at(world, f"/rationales/{old.pk}/revise"), revision())

    assert new.status_code == 201
    assert [version["id"] for version in new.json()["versions"]] == [old.pk, new.json()["rationale"]["id"]]
    assert new.json()["sentences"][0]["text"] == "The shadow in {{B}} is missing."
    assert reviewer.post(at(world, f"/rationales/{old.pk}/revise"), revision()).json()["code"] == "rationale_stale"


def test_prompts_get_versions_and_a_preview_of_what_the_model_sees(world: World, lead: ApiClient) -> None:
    world.settle("A")
    body: dict[str, Any] = {
        "name": "Ours",
        "locale": "en",
        "way": "answer_driven",
        "stage": "skeleton_first",
        "steps": [
            {"name": "observe", "system": "Look.", "text": "See $letters for $aspect"},
            {"name": "explain", "system": "Write.", "text": "People say $answer of $letters; $observations"},
        ],
    }
    versions = [lead.post(at(world, "/prompts"), body).json()["version"] for _ in range(2)]
    leaky = {**body, "steps": [{**body["steps"][0], "text": "See $answer"}, body["steps"][1]]}

    shown = lead.post(
        at(world, "/prompts/preview"),
        {key: body[key] for key in ("way", "stage", "locale", "steps")} | {"aspect": "physical_shadow"},
    ).json()

    assert versions == [1, 2]
    assert lead.post(at(world, "/prompts"), leaky).json()["code"] == "invalid_input"
    assert [step["tells_answer"] for step in shown["steps"]] == [False, True]
    assert shown["steps"][1]["text"] == "People say {{A}} of A, B, C, D; -"
    assert [picture["letter"] for picture in shown["pictures"]] == ["", "A", "B", "C", "D"]


def test_rationales_come_in_with_an_import(world: World, lead: ApiClient, tmp_path: Any) -> None:
    from django.core.management import call_command

    from catalog.services import imports as _imports  # noqa: F401  (the command uses it)
    from tests.builders import catalog as build_catalog

    folder = tmp_path / "shop"
    folder.mkdir()
    rows = [
        build_catalog.row(
            folder,
            "i-1",
            answers={"physical_shadow": ["B"]},
            rationales=[
                {"aspect": "physical_shadow", "text": "The shadow in B is missing. A and C are fine.", "way": "manual"},
                {"aspect": "physical_shadow", "text": "As the given answer says, B.", "way": "answer_driven"},
            ],
        )
    ]
    manifest = build_catalog.manifest(folder, rows)

    for _ in range(2):
        call_command("import_samples", str(manifest), project=world.project.slug, no_wait=True)

    manual, driven = Rationale.objects.order_by("pk")
    assert [sentence.slot for sentence in manual.sentences] == ["B", None]
    assert (manual.passed, manual.answer, manual.concluded) == (True, ["B"], None)
    assert (driven.passed, driven.failed) == (False, ["leak"])


def test_a_lead_hands_questions_to_people_to_write_and_failed_rationales_to_revise(
    world: World, lead: ApiClient
) -> None:
    from annotation.models import Piece

    empty = lead.post(at(world, "/rationales/writing-batches"), {"name": "By hand"})
    assert empty.json()["code"] == "questions_missing", "nothing is settled yet"
    world.settle("A")
    failed = build.rationale(world.project.pk, sample_id=world.samples[0].pk, aspect_id=world.aspect_id, passed=False)

    write = lead.post(at(world, "/rationales/writing-batches"), {"name": "By hand"}).json()
    revise = lead.post(at(world, "/rationales/revising-batches"), {"name": "Mend"}).json()

    # The first sample has a manual rationale already, the second has none.
    pieces = Piece.objects.filter(batch_id=write["id"])
    assert [(piece.sample_id, piece.aspects) for piece in pieces] == [(world.samples[1].pk, [world.aspect_id])]
    assert [piece.subject_id for piece in Piece.objects.filter(batch_id=revise["id"])] == [failed.pk]
    kinds = {row["id"]: row["kind"] for row in lead.get(at(world, "/batches")).json()["results"]}
    assert (kinds[write["id"]], kinds[revise["id"]]) == ("write_rationale", "revise_rationale")


def test_a_lead_is_told_where_the_questions_wait_that_a_writing_batch_left_out(world: World, lead: ApiClient) -> None:
    world.settle("A")
    where = at(world, "/rationales/writing-batches")
    first = lead.post(where, {"name": "First", "scope": {"limit": 1}}).json()
    number = next(
        row["number"] for row in lead.get(at(world, "/batches")).json()["results"] if row["id"] == first["id"]
    )

    second = lead.post(where, {"name": "Second", "scope": {"limit": 9}}).json()
    refused = lead.post(where, {"name": "Third"})
    both = lead.post(where, {"name": "Both", "also_open": True}).json()

    assert (first["pieces"], first["elsewhere"]) == (1, [])
    assert (second["pieces"], second["elsewhere"]) == (1, [{"id": first["id"], "number": number, "count": 1}])
    assert (refused.status_code, refused.json()["code"]) == (400, "questions_missing")
    assert (both["pieces"], both["elsewhere"]) == (2, [])


def test_a_lead_sets_the_projects_caps_and_a_reviewer_sees_them(api: Api, world: World, lead: ApiClient) -> None:
    where = at(world, "/budget")
    reviewer = api().signed_in_as(world.member(Role.REVIEWER))

    changed = lead.put(where, {"total_cap": "50", "daily_cap": None})

    assert changed.status_code == 200
    seen = reviewer.get(where).json()
    assert [seen["total_cap"], seen["daily_cap"], seen["today"]["spent"]] == ["50.0000000000", None, "0"]
    assert reviewer.put(where, {"total_cap": None, "daily_cap": None}).status_code == 403
    assert lead.put(where, {"total_cap": "-1", "daily_cap": None}).status_code == 400
    assert lead.put(where, {"total_cap": "1"}).status_code == 400, "a cap left out by mistake is not taken away"


def test_what_a_batch_may_hold_is_set_at_its_endpoint(world: World, lead: ApiClient, provider: FaultyEndpoint) -> None:
    made = lead.post(at(world, "/endpoints"), fields(provider, batch_requests=500)).json()
    path = at(world, f"/endpoints/{made['id']}")
    assert [made["batch_requests"], made["batch_megabytes"]] == [500, 180]

    changed = lead.patch(path, {"batch_megabytes": 20}).json()

    assert [changed["batch_requests"], changed["batch_megabytes"]] == [500, 20]
    assert lead.patch(path, {"batch_requests": 0}).status_code == 400
