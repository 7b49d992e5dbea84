"""What this app refuses."""

from config.base.errors import Conflict, Forbidden, InvalidInput, NotFound


class LeaseLost(Conflict):
    code = "lease_lost"
    sentence = (
        "Your time on this piece ran out and somebody else may have it now. What you entered is kept as a draft; "
        "claim again to go on with it if its place is still open."
    )


class DraftOutdated(Conflict):
    code = "draft_outdated"
    sentence = "A newer draft of this piece is stored; load it before you go on."


class BatchNotOpen(Conflict):
    code = "batch_not_open"
    sentence = "This batch hands out no work now. Ask a lead to resume it, or choose another batch."


class NotOnThisBatch(Forbidden):
    code = "not_on_this_batch"
    sentence = "This batch is worked on by other people. Ask a lead to add you, or choose another batch."


class DeadlinePassed(Conflict):
    code = "deadline_passed"
    sentence = "This batch's deadline has passed, and it hands out no more work. Ask a lead to move it."


class PausedByGold(Conflict):
    """Names the aspect, never the sample: what was measured with stays unknown."""

    code = "paused"
    sentence = "Your work in this batch is paused. A lead will talk to you and can let you go on."


class PracticeBelowFloor(Conflict):
    """Names aspects, never a sample."""

    code = "practice_below_floor"
    sentence = "Your practice in this batch is not finished, and none is left. A lead can let you go on."


class NotPaused(Conflict):
    code = "not_paused"
    sentence = "This person is not paused in this batch, and not below what its practice asks for."


class BatchClosed(Conflict):
    code = "batch_closed"
    sentence = "A closed batch stays closed; make a new one for the rest."


class BatchDraftMoved(Conflict):
    code = "batch_draft_moved"
    sentence = "Somebody saved this draft meanwhile; load it again before you go on."


class NothingToJudge(InvalidInput):
    code = "nothing_to_judge"
    sentence = "No sample was left to judge: choose others, or loosen the filters."


class UnknownSamples(InvalidInput):
    code = "unknown_samples"
    sentence = "Some of these samples are not in this project."


class UnknownKind(InvalidInput):
    code = "unknown_kind"
    sentence = "There is no such kind of work."


class VerdictsIncomplete(InvalidInput):
    code = "verdicts_incomplete"
    sentence = "Some cells are not judged yet; give each one a verdict, or 'unsure'."


class VerdictsOutside(InvalidInput):
    code = "verdicts_outside"
    sentence = "Some verdicts or regions name a candidate, aspect or severity that this piece does not ask about."


class RegionOutside(InvalidInput):
    code = "region_outside"
    sentence = "A region lies outside its picture."


class AssignmentNotFound(NotFound):
    code = "assignment_not_found"


class NotRevisable(Conflict):
    code = "not_revisable"
    sentence = "This can no longer be changed: it was reviewed, adjudicated, or its batch is closed."


class NothingDisputed(Conflict):
    code = "nothing_disputed"
    sentence = "No disputed question waits for an adjudicator."


class NoNewerRevision(Conflict):
    code = "annotation_changed"
    sentence = "This annotation was revised meanwhile; look at the new one before you decide."


class NothingAlone(Conflict):
    code = "nothing_alone"
    sentence = "On everything this person judged somebody else was heard too, or an open batch asks for it already."


class NobodyElse(Conflict):
    code = "nobody_else"
    sentence = "This project has nobody else who could give a second opinion; invite somebody first."


class NothingOutdated(Conflict):
    code = "nothing_outdated"
    sentence = "Every question was judged under the words that hold now, or an open batch asks it again already."


class GoldNotFound(NotFound):
    code = "gold_not_found"


class GoldUnusable(InvalidInput):
    code = "gold_unusable"
    sentence = "Some expected cells name no candidate or aspect of their sample, or a sample is named twice."


class NotAppealable(Conflict):
    code = "not_appealable"
    sentence = "Only the answer of a practice piece of your own can be appealed, and only once."


class AppealDecided(Conflict):
    code = "appeal_decided"
    sentence = "This appeal has been decided already; load the list again."
