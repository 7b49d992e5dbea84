"""Archives of pictures: what is refused before unpacking, and unpacking below one prefix only.

Guards: no links, no absolute or climbing names, caps on members, on one member, on the whole and on the ratio.
"""

from __future__ import annotations

import stat
import zipfile
from pathlib import PurePosixPath
from typing import IO

from django.core.files.storage import Storage

from catalog.errors import ArchiveRefused
from catalog.imports.manifest import path_problem

MAX_MEMBERS = 200_000
MAX_MEMBER_BYTES = 64_000_000
MAX_TOTAL_BYTES = 20_000_000_000
MAX_RATIO = 200


def check(archive: IO[bytes]) -> None:
    """Raises ArchiveRefused with the first reason."""
    try:
        with zipfile.ZipFile(archive) as opened:
            _members(opened)
    except zipfile.BadZipFile as error:
        raise ArchiveRefused("This is no zip archive: {why}.", why=str(error)) from None


def unpack(archive: IO[bytes], into: Storage, *, prefix: str) -> int:
    """Every picture of the archive below `prefix`; returns how many. What is there already is left alone."""
    with zipfile.ZipFile(archive) as opened:
        members = _members(opened)
        for member in members:
            key = f"{prefix}/{PurePosixPath(member.filename)}"
            if not into.exists(key):
                with opened.open(member) as content:
                    into.save(key, content)
        return len(members)


def _members(opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = [member for member in opened.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise ArchiveRefused(
            "The archive has {members} members; {most} is the limit.", members=len(members), most=MAX_MEMBERS
        )
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL_BYTES:
        raise ArchiveRefused("Unpacked, the archive is larger than 20 GB; split it.")
    for member in members:
        if reason := path_problem(member.filename, hosts=()):
            raise ArchiveRefused(
                "The archive has a member {member!r}: {reason!t}.", member=member.filename[:80], reason=reason
            )
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ArchiveRefused("The archive has a link, {member!r}; links are refused.", member=member.filename[:80])
        if member.file_size > MAX_MEMBER_BYTES:
            raise ArchiveRefused("{member!r} is larger than 64 MB.", member=member.filename[:80])
        if member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise ArchiveRefused(
                "{member!r} unpacks to {ratio} times its size or more.", member=member.filename[:80], ratio=MAX_RATIO
            )
    return members
