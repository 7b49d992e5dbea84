import { percent } from "../../../lib/format";
import type { Share } from "../api/people";
import classes from "../People.module.css";
import { Scale } from "./Scale";

/** A share as a number with its interval, and a point on a scale from nothing to all. */
export function SharesCell({ share, warn = false }: { share: Share | undefined; warn?: boolean }) {
  if (!share || share.value === null || share.low === null || share.high === null)
    return <span className="t3">–</span>;
  return (
    <span className={classes.share} title={`${share.count} / ${share.of}`}>
      <span className="row" style={{ gap: 5 }}>
        <b className={warn ? "warn" : undefined}>
          {warn && "! "}
          {percent(share.value).replace(/\s?%/, "")}
        </b>
        <small>
          {Math.round(100 * share.low)}–{Math.round(100 * share.high)}
        </small>
      </span>
      <Scale value={share.value} low={share.low} high={share.high} warn={warn} />
    </span>
  );
}
