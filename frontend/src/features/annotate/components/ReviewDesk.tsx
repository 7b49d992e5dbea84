import { Button, Textarea } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { type ReactNode, useMemo, useRef, useState } from "react";
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
import { judgementFrom, letterOf, type Piece, pieceOf } from "../model/piece";
import { answerOf, markAt, regionTags } from "../model/verdicts";
import { texts } from "../texts";
import { Frame, gridOf } from "./Frame";
import { Guide } from "./Guide";
import type { DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";
import { CandidateGrid, Original } from "./Pictures";
import classes from "./Workspace.module.css";

/** Opinions one after another, without their authors: accept, or send back with a reason. */
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
    const keys = aspects.map((each) => each.key).filter((key) => judged.has(key));
    return pieceOf({ ...turn.claimed, aspects: keys }, aspects, locale);
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
  return <Deciding {...props} piece={piece} detail={detail.data} frame={frame} />;
}

function Deciding(
  props: ReviewProps & {
    piece: Piece;
    detail: Detail;
    frame: (work: ReactNode, foot: ReactNode) => ReactNode;
  },
) {
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
  const field = useRef<HTMLTextAreaElement>(null);
  const opinion = useMemo(
    () => judgementFrom({ cells: detail.cells, regions: detail.regions }, piece),
    [detail, piece],
  );
  const tags = regionTags(opinion.regions, piece);
  const candidate = piece.candidates.find((each) => each.slot === slot);
  const mayAccept = !props.lost;
  const maySendBack = !props.lost && reason.trim() !== "";
  const decide = (verdict: "accepted" | "sent_back") => {
    if (props.lost) return;
    if (verdict === "sent_back" && !reason.trim()) {
      field.current?.focus();
      return;
    }
    open.desk.finish(REVIEW, { verdict, reason: verdict === "sent_back" ? reason.trim() : "" });
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
        regionsOf={(where) =>
          (regionsShown ? opinion.regions : [])
            .filter((region) => region.slot === where)
            .map((region) => ({
              id: region.id,
              tag: tags.get(region.id) ?? "",
              mark: markAt(opinion, region.slot, region.aspect),
              shape: region.shape,
            }))
        }
        act={{ onFocus: setSlot }}
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
              <Keycap chord="KeyH" />
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
