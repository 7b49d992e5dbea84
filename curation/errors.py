"""What this app refuses."""

from config.base.errors import Conflict, InvalidInput, NotFound


class ReleaseNameTaken(Conflict):
    code = "release_name_taken"
    sentence = "A release with this name exists, and releases never change; choose another name."


class GatesClosed(Conflict):
    """`reasons` holds one object a broken gate: `gate`, `reason`, `count`."""

    code = "gates_closed"
    sentence = "The release breaks a gate."


class ReleaseDamaged(Conflict):
    """`faults` holds one sentence a fault."""

    code = "release_damaged"
    sentence = "The release's files differ from what was frozen."


class ReleaseUnknown(NotFound):
    code = "release_unknown"
    sentence = "There is no such release here."


class NothingToAudit(InvalidInput):
    code = "nothing_to_audit"
    sentence = "There is no rationale of this way that passed its checks and lies in no lot yet."


class LotDecided(Conflict):
    code = "lot_decided"
    sentence = "This lot is decided; draw another."


class LotUnfinished(Conflict):
    code = "lot_unfinished"
    sentence = "Judge every rationale of the sample before you decide the lot."


class TrialUnknown(NotFound):
    code = "trial_unknown"
    sentence = "There is no such trial here."


class TrialEnded(Conflict):
    code = "trial_ended"
    sentence = "The trial has ended; start another."


class TrialUnready(Conflict):
    """`waiting` counts the questions whose rationale is still to come, `unjudged` the ones to audit."""

    code = "trial_unready"
    sentence = "The trial cannot be looked at yet."


class FilterUnknown(InvalidInput):
    code = "filter_unknown"
    sentence = "The explorer has no such filter."
