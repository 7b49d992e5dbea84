"""What the trainer may refuse or stop for. Every message is one sentence for a person and says the remedy."""


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


class Cancelled(Exception):
    """Somebody asked the run to stop through control.json. Not a failure."""


class Interrupted(Exception):
    """The process was asked to end (SIGTERM, Ctrl-C). The run can be resumed."""
