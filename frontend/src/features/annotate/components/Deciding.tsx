import { Button } from "@mantine/core";
import { useMemo, useRef, useState } from "react";
import type { Region } from "../../../canvas/judgement";
import type { Shape } from "../../../canvas/shapes";
import { Keycap } from "../../../components/Keycap";
import { useCommands } from "../../../lib/commands";
import { useTexts } from "../../../lib/texts";
import { REVIEW } from "../api/review";
import { viewCommands } from "../model/commands";
import { judgementFrom, regionsFrom, regionsTo } from "../model/piece";
import { useLooking } from "../model/useLooking";
import { drawnAt, freshRegionId, markAt, pointedAt, regionTags } from "../model/verdicts";
import { texts } from "../texts";
import { MarkStrip } from "./MarkStrip";
import { type OpenedReview, OpinionPanel, OpinionRegions, SendBackPanel } from "./ReviewParts";
import { WorkArea } from "./WorkArea";

/** An opinion to accept as it is, to correct, or to send back with a reason and places. */
export function Deciding(props: OpenedReview & { onFix: () => void }) {
  const { piece, detail, open, threshold, batch } = props;
  const t = useTexts(texts);
  const looking = useLooking(piece);
  const { slot, setSlot } = looking;
  const [aspect, setAspect] = useState(piece.aspects[0]?.key ?? "");
  const [regionsShown, setRegionsShown] = useState(true);
  const [reason, setReason] = useState("");
  const [armed, setArmed] = useState(false);
  const [places, setPlaces] = useState<readonly Region[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const opinion = useMemo(
    () => judgementFrom({ cells: detail.cells, regions: detail.regions }, piece),
    [detail, piece],
  );
  const tags = regionTags(opinion.regions, piece);
  const earlier = useMemo(
    () =>
      detail.earlier.flatMap((each) =>
        regionsFrom(each.regions).map((region) => ({ ...region, id: `${each.round} ${region.id}` })),
      ),
    [detail],
  );
  const mayAccept = !props.lost;
  const maySendBack = !props.lost && reason.trim() !== "";
  const decide = (verdict: "accepted" | "sent_back") => {
    if (props.lost) return;
    if (verdict === "sent_back" && !reason.trim()) {
      field.current?.focus();
      return;
    }
    const back = verdict === "sent_back";
    open.desk.finish(REVIEW, {
      verdict,
      reason: back ? reason.trim() : "",
      regions: back ? regionsTo(places) : [],
    });
  };
  const arm = () => setArmed((on) => !on);
  const undo = () => setPlaces(places.slice(0, -1));
  const draw = (where: string, shape: Shape) => {
    const id = freshRegionId(places);
    setPlaces([...places, { id, slot: where, aspect, shape, note: "" }]);
    setArmed(false);
    setSlot(where);
    field.current?.focus();
  };
  useCommands({
    name: "review",
    title: t.kinds.review,
    commands: [
      ...viewCommands(piece, looking.actions),
      { name: "regions", label: t.hideRegions, keys: ["KeyH"], perform: () => setRegionsShown((on) => !on) },
      { name: "place", label: t.markPlace, keys: ["KeyX"], perform: arm },
      { name: "fix", label: t.fix, keys: ["KeyF"], enabled: !props.lost, perform: props.onFix },
      { name: "undo", label: t.undo, keys: ["Backspace"], perform: undo },
      {
        name: "accept",
        label: t.accept,
        keys: ["KeyA", "Enter"],
        enabled: mayAccept,
        perform: () => decide("accepted"),
      },
      {
        name: "send-back",
        label: t.sendBack,
        keys: ["KeyR", "Alt+Enter"],
        enabled: !props.lost,
        perform: () => decide("sent_back"),
      },
      { name: "reason", label: t.writeReason, keys: ["KeyT"], perform: () => field.current?.focus() },
      {
        name: "leave",
        label: t.leaveField,
        keys: ["Escape"],
        keyOnly: true,
        perform: () => field.current?.blur(),
      },
    ],
  });
  const work = (
    <WorkArea
      piece={piece}
      looking={looking}
      aspect={piece.aspects.find((each) => each.key === aspect)}
      guideline={batch.guideline_version}
      armed={armed}
      regionsOf={(where) => [
        ...(regionsShown ? drawnAt(opinion, tags, where) : []),
        ...pointedAt([...earlier, ...places], where),
      ]}
      act={{ onDraw: draw }}
      strip={(each) => (
        <MarkStrip aspects={piece.aspects} markOf={(key) => markAt(opinion, each.slot, key)} />
      )}
    >
      <OpinionPanel
        piece={piece}
        opinion={opinion}
        detail={detail}
        threshold={threshold}
        focus={{ slot, aspect }}
        onCell={(where, what) => {
          setSlot(where);
          setAspect(what);
        }}
      />
      <OpinionRegions piece={piece} opinion={opinion} tags={tags} />
      {detail.earlier.map((each) => (
        <div key={each.round} className="alert warn">
          <span>
            <b>{t.sentBackBefore}</b> {each.reason}
          </span>
        </div>
      ))}
      <SendBackPanel
        field={field}
        reason={reason}
        onReason={setReason}
        places={places.length}
        onUndo={undo}
        armed={armed}
        onArm={arm}
      />
    </WorkArea>
  );
  const foot = (
    <>
      <span className="sp" />
      <Button
        variant={maySendBack ? "filled" : "default"}
        onClick={() => decide("sent_back")}
        rightSection={<Keycap chord="KeyR" />}
      >
        {t.sendBack}
      </Button>
      <Button disabled={props.lost} onClick={props.onFix} rightSection={<Keycap chord="KeyF" />}>
        {t.fix}
      </Button>
      <Button
        variant={maySendBack ? "default" : "filled"}
        disabled={!mayAccept}
        onClick={() => decide("accepted")}
        rightSection={<Keycap chord="KeyA" />}
      >
        {t.accept}
      </Button>
    </>
  );
  return props.frame(work, foot);
}
