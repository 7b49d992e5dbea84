"""Replies of this app, by what they tell of."""

from curation.api.responses.audits import (
    EntryList,
    EntryReading,
    EntryRow,
    EntrySentence,
    IntervalRow,
    LotList,
    LotRow,
)
from curation.api.responses.economics import (
    DayRow,
    EconomicsDetail,
    GroupEconomicsRow,
    RateRow,
)
from curation.api.responses.life import (
    LifeEvent,
    LifeRationale,
    MarkedRegion,
    QuestionLife,
    SampleLife,
    TrainedRow,
    VisitRow,
)
from curation.api.responses.overview import (
    NeedRow,
    OverviewDetail,
)
from curation.api.responses.prompt_versions import (
    FailureShareRow,
    PromptVersions,
    TermChangeRow,
    VersionFiguresRow,
)
from curation.api.responses.releases import (
    ChangedPage,
    ChangedRow,
    DifferenceDetail,
    ReleaseDetail,
    ReleaseList,
    ShardRow,
    Verified,
)
from curation.api.responses.samples import (
    Facets,
    MatchedSamples,
    PictureRow,
    SampleListPage,
    SampleListRow,
    SliceList,
    SliceRow,
)
from curation.api.responses.trials import (
    LookRow,
    TrialDetail,
    TrialList,
    TrialPlan,
    TrialRow,
)

__all__ = [
    "ChangedPage",
    "ChangedRow",
    "DayRow",
    "DifferenceDetail",
    "EconomicsDetail",
    "EntryList",
    "EntryReading",
    "EntryRow",
    "EntrySentence",
    "Facets",
    "FailureShareRow",
    "GroupEconomicsRow",
    "IntervalRow",
    "LifeEvent",
    "LifeRationale",
    "LookRow",
    "LotList",
    "LotRow",
    "MarkedRegion",
    "MatchedSamples",
    "NeedRow",
    "OverviewDetail",
    "PictureRow",
    "PromptVersions",
    "QuestionLife",
    "RateRow",
    "ReleaseDetail",
    "ReleaseList",
    "SampleLife",
    "SampleListPage",
    "SampleListRow",
    "ShardRow",
    "SliceList",
    "SliceRow",
    "TermChangeRow",
    "TrainedRow",
    "TrialDetail",
    "TrialList",
    "TrialPlan",
    "TrialRow",
    "Verified",
    "VersionFiguresRow",
    "VisitRow",
]
