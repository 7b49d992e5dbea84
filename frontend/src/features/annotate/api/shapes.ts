import type { components } from "../../../api/generated/schema";

type Schemas = components["schemas"];
export type ClaimReply = Schemas["ClaimReply"];
export type PracticeProgress = Schemas["PracticeProgress"];
export type ClaimedAssignment = Schemas["ClaimedAssignment"];
export type SubmittedReply = Schemas["SubmittedReply"];
export type BatchRow = Schemas["BatchRow"];
export type DecisionRow = Schemas["DecisionRow"];
export type AspectRow = Schemas["AspectRow"];
export type WireRegion = Schemas["Region"];
export type SkipReason = Schemas["SkipRequest"]["reason"];
