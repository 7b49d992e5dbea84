import { IconEyeOff } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import type { Turn } from "../model/desk";
import { texts } from "../texts";
import { Frame, gridOf } from "./Frame";
import type { DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";

export interface DisputeProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
}

/** The desk's frame around a dispute, which says that opinions have no names. */
export function DisputeFrame(
  props: DisputeProps & { candidates: number; foot: ReactNode; children: ReactNode },
) {
  const { open, batch } = props;
  const now = useStore(open.desk.state);
  const t = useTexts(texts);
  return (
    <Frame
      batch={batch}
      project={props.project}
      progress={now.progress}
      ahead={now.ahead}
      {...gridOf(props.candidates)}
      badge={
        <span className="badge" title={t.unnamedWhy}>
          <IconEyeOff size={13} /> {t.unnamed}
        </span>
      }
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
      foot={props.foot}
    >
      {props.children}
    </Frame>
  );
}
