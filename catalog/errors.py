"""What this app refuses."""

from config.base.errors import Conflict, InvalidInput, NotFound


class SampleUnknown(NotFound):
    code = "sample_unknown"
    sentence = "There is no such sample in this project."


class UnknownAspect(InvalidInput):
    code = "unknown_aspect"
    sentence = "This project has no such aspect."


class AspectExists(Conflict):
    code = "aspect_exists"
    sentence = "This project has or had an aspect with this key. Choose another key, or bring the retired one back."


class LastAspect(Conflict):
    code = "last_aspect"
    sentence = "A project keeps at least one aspect; add another one before you retire this."


class ThresholdUnreachable(InvalidInput):
    code = "threshold_unreachable"
    sentence = "With this rule an aspect could never have a defect: it needs a severity at or above the threshold."


class RuleUnchanged(InvalidInput):
    code = "rule_unchanged"
    sentence = "The answer rule says this already."


class ExampleUnknown(InvalidInput):
    code = "example_unknown"
    sentence = "An example names a sample, candidate or severity that this project does not have."


class GuidelineUnchanged(InvalidInput):
    code = "guideline_unchanged"
    sentence = "Nothing in the guideline differs from its present version."


class ManifestUnreadable(InvalidInput):
    code = "manifest_unreadable"
    sentence = "The manifest cannot be read."


class ImportNotWhole(InvalidInput):
    """Raised where all or nothing was asked for. `import_id` leads to the reasons."""

    code = "import_not_whole"
    sentence = "Nothing was imported: some rows would have been refused."


class ArchiveRefused(InvalidInput):
    code = "archive_refused"
    sentence = "The archive cannot be used."


class PictureRefused(InvalidInput):
    """A picture that will not be stored; `reason` is a stable word of catalog.ingestion.reasons."""

    code = "picture_refused"
    sentence = "This picture cannot be used."


class PictureMissing(NotFound):
    code = "picture_missing"
    sentence = "There is no such picture here."
