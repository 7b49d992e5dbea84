"""What training_bridge refuses."""

from __future__ import annotations

from config.base.errors import Conflict, InvalidInput, NotFound, UpstreamRefused, UpstreamUnavailable


class RowUnusable(InvalidInput):
    """A release row cannot be exported as it stands."""

    code = "row_unusable"
    sentence = "A row of the release cannot be exported as it stands."


class FolderTaken(Conflict):
    """An export never writes into a folder that holds something."""

    code = "folder_taken"
    sentence = "The folder for the export holds something already; name another one."


class ExportDamaged(InvalidInput):
    """A file of an export is not what its manifest says."""

    code = "export_damaged"
    sentence = "The export is not what its manifest says; export it again."


class SlotsDiffer(InvalidInput):
    """One labelling configuration shows the same candidates in every task."""

    code = "slots_differ"
    sentence = "Samples with different numbers of candidates do not fit one Label Studio project."


class LabelStudioRefused(UpstreamRefused):
    """A running Label Studio did not take what was sent."""

    code = "label_studio_refused"
    sentence = "Label Studio did not take what was sent."


class RecipeUnknown(InvalidInput):
    """There is no such recipe."""

    code = "recipe_unknown"
    sentence = "There is no such recipe."


class ReleaseTooSmall(InvalidInput):
    """A run needs questions to learn from and others to be measured by."""

    code = "release_too_small"
    sentence = "A run needs questions in the train and in the test split; cut a release from more samples."


class RunNotMovable(Conflict):
    """The run is not in a state that allows this."""

    code = "training_run_not_movable"
    sentence = "The run is not in a state that allows this; reload the page."


class RunUnknown(NotFound):
    """No run of this project."""

    code = "training_run_unknown"
    sentence = "There is no such run in this project."


class FolderUnusable(InvalidInput):
    """A run folder that cannot be taken in."""

    code = "run_folder_unusable"
    sentence = "This run folder cannot be taken in."


class NothingToReturn(InvalidInput):
    """None of the chosen questions can be given back."""

    code = "nothing_to_return"
    sentence = "Choose at least one question of this run that is not with people already."


class ExportNotReady(Conflict):
    """The file is still being made, or could not be."""

    code = "export_not_ready"
    sentence = "This export is not ready yet."


class TrainerMissing(UpstreamUnavailable):
    """The trainer's environment cannot be used."""

    code = "trainer_missing"
    sentence = "The trainer's environment cannot be used; see the run's log."


class EndpointUnknown(InvalidInput):
    """The endpoint to compare with is none of the project's, or is retired."""

    code = "endpoint_not_offered"
    sentence = "This project has no such endpoint in use."


class BrokenReport(UpstreamUnavailable):
    """A run's file does not hold what the contract says."""

    code = "broken_report"
    sentence = "A file of the run cannot be read."
