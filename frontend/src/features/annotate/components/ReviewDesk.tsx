import { Button, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconEyeOff } from "@tabler/icons-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
import type { Region } from "../../../canvas/judgement";
import type { Shape } from "../../../canvas/shapes";
import { createJudgementStore } from "../../../canvas/store";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Keycap } from "../../../components/Keycap";
import { Loading } from "../../../components/Loading";
import { Matrix } from "../../../components/Matrix";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useViewport } from "../../../components/useViewport";
import { useCommands } from "../../../lib/commands";
import { duration } from "../../../lib/format";
import { useLocale } from "../../../lib/locale";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { REVIEW, useReview } from "../api/review";
import { viewCommands } from "../model/commands";
import type { Turn } from "../model/desk";
import { judgementFrom, letterOf, type Piece, pieceOf, regionsFrom, regionsTo, wireOf } from "../model/piece";
import { answerOf, freshRegionId, markAt, pointedAt, regionTags } from "../model/verdicts";
import { texts } from "../texts";
import { Frame, gridOf } from "./Frame";
import { Guide } from "./Guide";
import { Judging } from "./Judging";
import { BackToWork, type DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";
import { CandidateGrid, Original } from "./Pictures";
import classes from "./Workspace.module.css";

/** Opinions one after another, without their authors: accept, fix and accept, or send back with reason and places. */
export function ReviewDesk(props: DeskProps) {
  const now = useStore(props.open.desk.state);
  if (!now.current) return null;
  return (
    <UnderReview key={now.current.claimed.assignment_id} {...props} turn={now.current} lost={now.lost} />
  );
}

interface ReviewProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
}
type Detail = NonNullable<ReturnType<typeof useReview>["data"]>;

function UnderReview(props: ReviewProps) {
  const { project, turn, aspects, open, batch } = props;
  const now = useStore(open.desk.state);
  const t = useTexts(texts);
  const locale = useLocale();
  const detail = useReview(project, turn.claimed.assignment_id, turn.claimed.fence);
  const piece = useMemo(() => {
    const judged = new Set(Object.values(detail.data?.cells ?? {}).flatMap((row) => Object.keys(row)));
    for (const key of detail.data?.aspects ?? []) judged.add(key);
    const keys = aspects.map((each) => each.key).filter((key) => judged.has(key));
    // In the author's letters, not in some of the reviewer's own: the reason names candidates, and the author reads it.
    const letters = detail.data?.letters || turn.claimed.letters;
    return pieceOf({ ...turn.claimed, letters, aspects: keys }, aspects, locale);
  }, [turn.claimed, aspects, locale, detail.data]);
  const frame = (work: ReactNode, foot: ReactNode) => (
    <Frame
      batch={batch}
      project={project}
      progress={now.progress}
      ahead={now.ahead}
      {...gridOf(piece.candidates.length)}
      badge={
        <span className="badge">
          <IconEyeOff size={13} /> {t.kinds.review}
        </span>
      }
      notices={<DeskNotices desk={open.desk} now={now} outbox={open.outbox} batch={batch.id} />}
      foot={foot}
    >
      {work}
    </Frame>
  );
  if (!detail.data)
    return frame(
      detail.error ? (
        <ErrorPanel error={detail.error} retry={detail.refetch} />
      ) : (
        <Loading what={t.loadingOpinions} />
      ),
      null,
    );
  return <Opened {...props} piece={piece} detail={detail.data} frame={frame} />;
}

interface OpenedProps extends ReviewProps {
  readonly piece: Piece;
  readonly detail: Detail;
  readonly frame: (work: ReactNode, foot: ReactNode) => ReactNode;
}

/** Deciding, and correcting: two ways to look at one opinion, and back. */
function Opened(props: OpenedProps) {
  const [fixing, setFixing] = useState(false);
  if (fixing) return <Fixing {...props} onBack={() => setFixing(false)} />;
  return <Deciding {...props} onFix={() => setFixing(true)} />;
}

/** The opinion as the reviewer's to correct; submitting accepts it so, and the author's own stays on record. */
function Fixing(props: OpenedProps & { onBack: () => void }) {
  const { piece, detail, open, batch, threshold } = props;
  const t = useTexts(texts);
  const [store] = useState(() =>
    createJudgementStore(judgementFrom({ cells: detail.cells, regions: detail.regions }, piece)),
  );
  const [reason, setReason] = useState("");
  return (
    <Judging
      piece={piece}
      store={store}
      threshold={threshold}
      guideline={batch.guideline_version}
      open={!props.lost}
      sideExtra={
        <>
          <div className="alert warn">{t.fixingWhy}</div>
          <Textarea
            aria-label={t.reason}
            placeholder={t.fixReason}
            value={reason}
            maxLength={2000}
            maxRows={4}
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      }
      footLead={<BackToWork onBack={props.onBack} />}
      onSubmit={(judgement) => {
        if (store.depth() === 0) {
          notifications.show({ message: t.nothingFixed });
          return;
        }
        const { cells, regions } = wireOf(judgement);
        open.desk.finish(REVIEW, { verdict: "fixed", reason: reason.trim(), cells, fixed_regions: regions });
      }}
      onPrevious={props.onBack}
      onBack={props.onBack}
      frame={props.frame}
    />
  );
}

function Deciding(props: OpenedProps & { onFix: () => void }) {
  const { piece, detail, open, threshold, batch } = props;
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const view = useViewport();
  const [slot, setSlot] = useState(piece.candidates[0]?.slot ?? "");
  const [aspect, setAspect] = useState(piece.aspects[0]?.key ?? "");
  const [blink, setBlink] = useState(false);
  const [lens, setLens] = useState(false);
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
  const candidate = piece.candidates.find((each) => each.slot === slot);
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
      ...viewCommands(piece, {
        focusCandidate: (index) => setSlot(piece.candidates[index]?.slot ?? slot),
        blink: setBlink,
        toggleLens: () => setLens((on) => !on),
        zoom: (factor) => candidate && view.zoom(factor, { slot, picture: candidate.picture }),
        fit: view.fit,
      }),
      { name: "regions", label: t.hideRegions, keys: ["KeyH"], perform: () => setRegionsShown((on) => !on) },
      { name: "place", label: t.markPlace, keys: ["KeyX"], perform: () => setArmed((on) => !on) },
      { name: "fix", label: t.fix, keys: ["KeyF"], enabled: !props.lost, perform: props.onFix },
      { name: "undo", label: t.undo, keys: ["Backspace"], perform: () => setPlaces(places.slice(0, -1)) },
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
    <div className={classes.work}>
      <div className={classes.left}>
        <Original piece={piece} view={view} lens={lens} onLens={() => setLens((on) => !on)} />
        <Guide aspect={piece.aspects.find((each) => each.key === aspect)} version={batch.guideline_version} />
      </div>
      <CandidateGrid
        piece={piece}
        view={view}
        focused={slot}
        blink={blink}
        lens={lens}
        armed={armed}
        regionsOf={(where) => [
          ...(regionsShown ? opinion.regions : [])
            .filter((region) => region.slot === where)
            .map((region) => ({
              id: region.id,
              tag: tags.get(region.id) ?? "",
              mark: markAt(opinion, region.slot, region.aspect),
              shape: region.shape,
            })),
          ...pointedAt([...earlier, ...places], where),
        ]}
        act={{ onFocus: setSlot, onDraw: draw }}
        strip={(each) =>
          piece.aspects.map((one) => {
            const mark = markAt(opinion, each.slot, one.key);
            return (
              <span key={one.key} className={classes.cellWrap}>
                <span className={`cell ${mark}`} title={`${one.name}: ${said[mark]}`}>
                  <SeverityGlyph mark={mark} size={11} />
                  <span className={classes.label}>{one.short}</span>
                  <span className={classes.tag}>{one.tag}</span>
                </span>
              </span>
            );
          })
        }
      />
      <div className={classes.side}>
        <section className="panel" style={{ padding: "6px 7px" }}>
          <div className="row" style={{ padding: "3px 5px 0" }}>
            <h2>{t.underReview}</h2>
            <span className="mono t3 s clip">{piece.sample}</span>
            <span className="sp" />
            <span className="s t2 nw">
              {t.revisionNumber(detail.revision)} · {duration(detail.active_ms)}
            </span>
          </div>
          <Matrix
            aspects={piece.aspects}
            letters={piece.candidates.map((each) => each.letter)}
            markOf={(key, letter) =>
              markAt(opinion, piece.candidates.find((each) => each.letter === letter)?.slot ?? "", key)
            }
            answerOf={(key) => answerOf(opinion, piece, key, threshold)}
            focus={{ aspect, letter: candidate?.letter ?? null }}
            onCell={(key, letter) => {
              setAspect(key);
              setSlot(piece.candidates.find((each) => each.letter === letter)?.slot ?? slot);
            }}
          />
        </section>
        {opinion.regions.length > 0 && (
          <section className="panel">
            <div className="ph">
              <h2>{t.regions}</h2>
              <span className="t3 s">{opinion.regions.length}</span>
              <span className="sp" />
              <span className="s t2">
                <Keycap chord="KeyH" /> {t.hidesRegions}
              </span>
            </div>
            {opinion.regions.map((region) => {
              const mark = markAt(opinion, region.slot, region.aspect);
              return (
                <div key={region.id} className={classes.region}>
                  <span className="slot">{letterOf(piece, region.slot)}</span>
                  <span className={`sev ${mark}`}>
                    <SeverityGlyph mark={mark} /> {tags.get(region.id)}
                  </span>
                  <span className="t2 clip sp">{region.note}</span>
                </div>
              );
            })}
          </section>
        )}
        {detail.earlier.map((each) => (
          <div key={each.round} className="alert warn">
            <span>
              <b>{t.sentBackBefore}</b> {each.reason}
            </span>
          </div>
        ))}
        <section className="panel" style={{ padding: "9px 12px 12px" }}>
          <p className="s t2" style={{ marginBottom: 8 }}>
            {t.reviewWhy}
          </p>
          <Textarea
            ref={field}
            label={
              <>
                {t.reason} <Keycap chord="KeyT" />
              </>
            }
            placeholder={t.reasonForAuthor}
            value={reason}
            maxLength={2000}
            maxRows={6}
            onChange={(event) => setReason(event.target.value)}
          />
          <div className="row s" style={{ marginTop: 8 }}>
            <Button
              size="compact-sm"
              variant={armed ? "filled" : "default"}
              onClick={() => setArmed(!armed)}
              rightSection={<Keycap chord="KeyX" />}
            >
              {armed ? t.drawing : t.markPlace}
            </Button>
            <span className="t2 sp">{places.length > 0 && t.placesMarked(places.length)}</span>
            {places.length > 0 && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                onClick={() => setPlaces(places.slice(0, -1))}
                rightSection={<Keycap chord="Backspace" />}
              >
                {t.undo}
              </Button>
            )}
          </div>
        </section>
      </div>
    </div>
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
