import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import classes from "./batches.module.css";
import type { Excess } from "./model/money";
import { texts } from "./texts";

/** More than may be spent, and the button that cuts the samples to what fits. */
export function Over(props: {
  excess: Excess;
  title: string;
  children: ReactNode;
  /** Take no more than so many samples. */
  cut(samples: number): void;
}) {
  const t = useTexts(texts);
  const { samples } = props.excess;
  return (
    <div className={`alert warn ${classes.over}`} role="status">
      <IconAlertTriangle size={16} stroke={1.6} />
      <div className="col">
        <b>{props.title}</b>
        <span className="s">{props.children}</span>
        {samples > 0 && (
          <span>
            <Button size="compact-sm" onClick={() => props.cut(samples)}>
              {t.cutTo(number(samples))}
            </Button>
          </span>
        )}
      </div>
    </div>
  );
}
