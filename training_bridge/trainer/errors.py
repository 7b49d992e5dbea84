"""What the trainer may refuse or stop for. Every message is one sentence for a person and says the remedy."""

import errno


class TrainerError(Exception):
    """Something a person must change before the run can go on."""

    code = "trainer_error"


class BadInput(TrainerError):
    """A file of the run folder does not say what the contract asks for."""

    code = "bad_input"


class BadRecipe(TrainerError):
    """The recipe, or an override of it, cannot be run."""

    code = "bad_recipe"


class Incompatible(TrainerError):
    """The installed training stack is not the one that this code was written for."""

    code = "incompatible"


class Diverged(TrainerError):
    """The loss is no longer a number."""

    code = "diverged"


class DiskFull(TrainerError):
    """There is no room for what must be written."""

    code = "disk_full"


# As Python and safetensors, torch's zip writer, its C++ streams, and numpy, which looks before it writes, say it.
_OF_A_FULL_DISK = ("No space left on device", "file write failed", "failed writing file", "Not enough free space")


def full(error: BaseException) -> bool:
    """Whether it is about a full disk. Libraries that write weights wrap the system's error, or only quote it."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in (errno.ENOSPC, errno.EDQUOT):
            return True
        if any(words in str(seen) for words in _OF_A_FULL_DISK):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


class Cancelled(Exception):
    """Somebody asked the run to stop through control.json. Not a failure."""


class Interrupted(Exception):
    """The process was asked to end (SIGTERM, Ctrl-C). The run can be resumed."""
