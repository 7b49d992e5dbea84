"""What this app refuses."""

from config.base.errors import Conflict, InvalidInput, LimitReached, NotFound, UpstreamRefused


class EndpointUnknown(NotFound):
    code = "endpoint_unknown"
    sentence = "There is no such endpoint in this project."


class PromptUnknown(NotFound):
    code = "prompt_unknown"
    sentence = "There is no such prompt in this project."


class RunUnknown(NotFound):
    code = "run_unknown"
    sentence = "There is no such run in this project."


class RationaleUnknown(NotFound):
    code = "rationale_unknown"
    sentence = "There is no such rationale in this project."


class AddressNotAllowed(InvalidInput):
    code = "address_not_allowed"
    sentence = "This address is not on the administrator's list of endpoint hosts (ENDPOINT_HOSTS)."


class PriceMissing(InvalidInput):
    code = "price_missing"
    sentence = "The endpoint has no price that holds today; enter one (0 if it is free) before a run."


class BatchesNotOffered(InvalidInput):
    code = "batches_not_offered"
    sentence = "The endpoint's price names no share for batches; enter a price that does, or ask singly."


class KeyMissing(InvalidInput):
    code = "key_missing"
    sentence = "The endpoint has no key; enter it again, since changing the URL clears it."


class EndpointRetired(InvalidInput):
    code = "endpoint_retired"
    sentence = "The endpoint is retired; choose another or restore it."


class PromptDoesNotFit(InvalidInput):
    code = "prompt_does_not_fit"
    sentence = "The prompt was written for another way or stage than the run."


class QuestionsMissing(InvalidInput):
    code = "questions_missing"
    sentence = "There is no question left for this run; choose other aspects or a larger scope."


class AnswersMissing(InvalidInput):
    code = "answers_missing"
    sentence = "An answer-driven run needs settled answers, and some of these questions have none."


class CascadeUnknown(NotFound):
    code = "cascade_unknown"
    sentence = "There is no such cascade in this project."


class CascadeNameTaken(Conflict):
    code = "cascade_name_taken"
    sentence = "Another cascade of this project has that name."


class CascadeEnded(Conflict):
    code = "cascade_ended"
    sentence = "The cascade has ended already."


class CapTooLow(LimitReached):
    code = "cap_too_low"
    sentence = "The cap does not pay for a single call; raise it."


class ProjectCapReached(LimitReached):
    code = "project_cap_reached"
    sentence = (
        "The project's caps leave no room for the run; raise them and it goes on by itself, as it does on a new day."
    )


class RunNotMovable(Conflict):
    code = "run_not_movable"
    sentence = "The run is in a state that does not allow this; reload it."


class RationaleStale(Conflict):
    code = "rationale_stale"
    sentence = "This rationale was revised meanwhile; open the latest version."


class RationaleUnfit(InvalidInput):
    code = "rationale_unfit"
    sentence = "The rationale cannot be taken as it stands."


class SecretUnreadable(UpstreamRefused):
    code = "secret_unreadable"
    sentence = "The endpoint's key cannot be decrypted with this instance's ENCRYPTION_KEY; enter it again."
