import { number } from "../../lib/format";
import classes from "./training.module.css";

/** A share in per cent, on a ground that deepens with it. */
export function Shade({ share }: { readonly share: number }) {
  return (
    <span
      className={classes.shade}
      style={{ "--share": `${Math.round(share * 45)}%` } as React.CSSProperties}
    >
      {number(share * 100, 1)}
    </span>
  );
}
