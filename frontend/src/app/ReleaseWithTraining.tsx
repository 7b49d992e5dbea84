import { ReleasePage } from "../features/releases/ReleasePage";
import { ReleaseTools } from "../features/training/ReleaseTools";

/** A release beside what training offers for it: two features that do not know each other meet here. */
export function ReleaseWithTraining() {
  return <ReleasePage actions={() => <ReleaseTools />} />;
}
