import { Button } from "@mantine/core";
import { IconAlertTriangle, IconArrowBackUp, IconClockX } from "@tabler/icons-react";
import { memo, type ReactNode } from "react";
import type { Outbox } from "../../../lib/outbox";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import type { Desk, DeskActions } from "../model/desk";
import { texts } from "../texts";

function Notice({
  icon,
  title,
  children,
  action,
}: {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="alert" role="alert">
      {icon}
      <span className="sp">
        <b>{title}</b> {children}
      </span>
      {action}
    </div>
  );
}

interface NoticesProps {
  readonly desk: DeskActions;
  readonly now: Desk;
  readonly outbox: Outbox;
  readonly batch: string;
}

/** What somebody at work must know at once: a lost lease, a refused submission. */
export const DeskNotices = memo(function DeskNotices({ desk, now, outbox, batch }: NoticesProps) {
  const t = useTexts(texts);
  const refused = useStore(outbox.parcels).filter((parcel) => parcel.refused && parcel.about.batch === batch);
  const dismiss = () => desk.state.set((state) => ({ ...state, taken: null }));
  return (
    <>
      {now.lost && (
        <Notice
          icon={<IconClockX size={17} />}
          title={t.lostTitle}
          action={
            <Button size="compact-sm" variant="filled" onClick={() => void desk.reclaim()}>
              {t.claimAgain}
            </Button>
          }
        >
          {t.lostWhy}
        </Notice>
      )}
      {now.taken && (
        <Notice
          icon={<IconArrowBackUp size={17} />}
          title={t.takenTitle(now.taken)}
          action={
            <Button size="compact-sm" onClick={dismiss}>
              {t.dismiss}
            </Button>
          }
        >
          {t.takenWhy}
        </Notice>
      )}
      {refused.map((parcel) => (
        <Notice
          key={parcel.id}
          icon={<IconAlertTriangle size={17} />}
          title={t.refusedTitle(String(parcel.about.sample))}
          action={
            <Button size="compact-sm" onClick={() => void outbox.drop(parcel.id)}>
              {t.dismiss}
            </Button>
          }
        >
          {parcel.refused?.title}
        </Notice>
      ))}
    </>
  );
});
