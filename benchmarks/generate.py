"""Generating rationales: how near the worker comes to what the endpoint alone would allow, and what it costs in CPU.

`--size N` questions of one call each, against an endpoint that answers every request exactly one second after its head
arrived, 64 at once, with five JPEGs of 512 pixels (about 50 KiB each) inline. The endpoint is a process of its own; the
worker is this one, and does all it does in production: intent rows, reserved money, settlement, checks, rationales.

`generate.share_of_ideal` is calls ÷ 64 × the latency measured at the endpoint, over the time from its first request to
its last reply. `generate.cores` is the CPU time of the worker's process over that time; PostgreSQL's is told beside it.

With `--rivals`, Curator and distilabel get the same questions at the same endpoint, in turns (benchmarks/_rivals.py).
With `--killed`, Loupe alone is killed halfway and started again, as there.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from benchmarks import _steady
from benchmarks._figures import Figures
from benchmarks._processes import cpu_seconds, postmaster_pid

if TYPE_CHECKING:
    from cot_generation.models import Run

AT_ONCE = 64
PICTURES = 200  # distinct files; a project's samples share none, but the page cache would hold them all the same


def noise(number: int, side: int = 512) -> bytes:
    """A JPEG of this many pixels a side; one of 512 has about 50 KiB, others in proportion to their area."""
    import numpy as np
    from PIL import Image

    draw = np.random.default_rng(number)
    grain = side * 3 // 16
    coarse = Image.fromarray(draw.integers(0, 255, (grain, grain, 3), dtype=np.uint8))
    out = BytesIO()
    coarse.resize((side, side), Image.Resampling.BILINEAR).save(out, "JPEG", quality=72)
    return out.getvalue()


def pictures_of(place: int) -> list[int]:
    """Which pictures the sample at this place has, the original first; no two samples have the same five."""
    turn = place // PICTURES
    return [(place + offset) % PICTURES for offset in (0, *(1 + turn + 17 * at for at in range(4)))]


def fill(questions: int, url: str, *, side: int = 512, batched: bool = False, start_now: bool = True) -> Run:
    """A project with enough samples, its pictures in the storage, an endpoint and a run, started unless said.

    `batched`: in batches of at most 5,000 calls at half of the price, of the sandbox.
    """
    import hashlib

    from django.conf import settings
    from django.core.files.base import ContentFile
    from django.core.files.storage import storages
    from django.utils import timezone

    from accounts.services import projects
    from catalog.models import Asset, Import, Picture, Sample
    from catalog.selectors import aspects
    from catalog.shapes import Sources
    from cot_generation.choices import RunPurpose, Stage, Way
    from cot_generation.models import Prompt
    from cot_generation.services import endpoints, new_runs
    from cot_generation.services.endpoints import EndpointFields

    settings.ENDPOINT_HOSTS = ["127.0.0.1"]
    now = timezone.now()
    project = projects.create(slug="bench", name="Bench")
    assets = []
    sizes = []
    for number in range(PICTURES):
        content = noise(number, side)
        sizes.append(len(content))
        digest = hashlib.sha256(content).hexdigest()
        for key in (f"assets/{digest[:2]}/{digest}.jpg", f"derivatives/{side}/{digest[:2]}/{digest}.jpg"):
            storages["media"].save(key, ContentFile(content))
        assets.append(
            Asset(
                sha256=digest, source_sha256=digest, media_type="image/jpeg", width=side, height=side,
                bytes=len(content), phash=number, phash_version=1,
            )
        )  # fmt: skip
    assets = Asset.objects.bulk_create(assets)
    known = [each.id for each in aspects.of_project(project.pk)]
    count = -(-questions // len(known))
    reading = Import.objects.create(project=project, name="bench", folder="file:///nowhere", state="done")
    samples = Sample.objects.bulk_create(
        Sample(
            id=10_000_000 + number, project=project, external_id=f"b-{number}", generator={}, state="ready",
            sources=Sources("o.jpg", {slot: f"{slot}.jpg" for slot in "ABCD"}), content_hash=number.to_bytes(16, "big"),
            run=reading, line=number,
        )
        for number in range(count)
    )  # fmt: skip
    Picture.objects.bulk_create(
        (
            Picture(sample=sample, slot=slot, asset=assets[at])
            for place, sample in enumerate(samples)
            for slot, at in zip("OABCD", pictures_of(place), strict=True)
        ),
        batch_size=5000,
    )
    endpoint = endpoints.add(
        project_id=project.pk,
        fields=EndpointFields(
            name="steady", base_url=url, model="sandbox" if batched else "steady", requests_at_once=AT_ONCE,
            requests_per_minute=1_000_000, tokens_per_minute=2_000_000_000, deadline_s=60, sandbox=batched,
            batch_requests=5_000,
        ),
        key="a key for the bench",
        actor_id=None,
    )  # fmt: skip
    endpoints.price(
        project_id=project.pk, endpoint_id=endpoint.pk, input_per_million=Decimal(1), output_per_million=Decimal(4),
        batch_share=Decimal("0.5"), valid_from=now, actor_id=None,
    )  # fmt: skip
    Prompt.objects.filter(project=project).update(picture_side=side)
    prompt = Prompt.objects.get(project=project, way=Way.AUTOMATED, stage=Stage.PLAIN, locale="en")
    asked = [(sample.pk, aspect) for sample in samples for aspect in known][:questions]
    print(f"{count} samples, pictures of {sum(sizes) / len(sizes) / 1024:.0f} KiB", file=sys.stderr)
    return new_runs.create(
        project_id=project.pk, purpose=RunPurpose.RATIONALE, way=Way.AUTOMATED, stage=Stage.PLAIN,
        prompt_id=prompt.pk, endpoint_id=endpoint.pk, questions=asked, cap=Decimal(100_000), actor_id=None, now=now,
        start_now=start_now, batched=batched,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=1280)
    parser.add_argument("--write", action="store_true", help="record the figures in docs/experiments/")
    parser.add_argument("--rivals", action="store_true", help="Curator and distilabel beside it, in turns")
    parser.add_argument("--rounds", type=int, default=2, help="with --rivals or --killed: how often each gets its turn")
    parser.add_argument("--killed", action="store_true", help="killed halfway and started again, without the others")
    given = parser.parse_args()
    if given.rivals or given.killed:
        from benchmarks import _rivals

        part = _rivals.compare if given.rivals else _rivals.kill
        part(size=given.size, rounds=given.rounds, write=given.write)
        return
    figures = Figures(f"generate-{given.size}", write=given.write)
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.development")
    django.setup()
    from django.core.management import call_command
    from django.db.models import Sum
    from django.utils import timezone

    from cot_generation.models import Call, Rationale
    from cot_generation.providers import openai_compatible
    from cot_generation.services import calls

    call_command("migrate", verbosity=0)
    with _steady.running() as endpoint:
        run = fill(given.size, endpoint.url)
        postgres = cpu_seconds(postmaster_pid())
        before = resource.getrusage(resource.RUSAGE_SELF)
        started = time.perf_counter()
        made = calls.make_due(opened=openai_compatible.opened, until=timezone.now() + timedelta(hours=2))
        whole = time.perf_counter() - started
        after = resource.getrusage(resource.RUSAGE_SELF)
        seen = endpoint.stat()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    span = seen["last"] - seen["first"]
    latency = seen["waited"] / seen["calls"]
    run.refresh_from_db()
    assert made == seen["calls"] == Call.objects.count() == Rationale.objects.count() == given.size
    assert run.spent == Call.objects.aggregate(all=Sum("cost"))["all"]
    size = {"size": given.size}
    figures.add("generate.share_of_ideal", round(given.size / AT_ONCE * latency / span, 4), "share", **size)
    figures.add("generate.cores", round(spent / span, 3), "cores", **size)
    figures.add("generate.cpu_ms_per_call", round(1000 * spent / given.size, 2), "ms", **size)
    figures.add(
        "generate.postgres_cores", round((cpu_seconds(postmaster_pid()) - postgres) / whole, 3), "cores", **size
    )
    figures.add("generate.endpoint_latency_s", round(latency, 4), "s", **size)
    figures.add("generate.in_flight_peak", seen["peak"], "calls", **size)
    figures.add("generate.whole_s", round(whole, 2), "s", **size)
    figures.add("generate.peak_mib", round(after.ru_maxrss / 1024, 1), "MiB", **size)
    figures.close()


if __name__ == "__main__":
    main()
