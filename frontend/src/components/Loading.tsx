import { useEffect, useState } from "react";
import { defineTexts, useTexts } from "../lib/texts";
import classes from "./Loading.module.css";

const texts = defineTexts({ loading: "Loading" }, { loading: "加载中" });

/** A still skeleton in the shape of what comes; after a second it says what is being done. */
export function Loading({ rows = 6, what }: { rows?: number; what?: string }) {
  const t = useTexts(texts);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 1000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.rows} role="status" aria-label={what ?? t.loading}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: skeleton rows are all alike
        <i key={row} style={{ width: `${92 - ((row * 17) % 40)}%` }} />
      ))}
      {slow && <span className="s t3">{what ?? t.loading} …</span>}
    </div>
  );
}
