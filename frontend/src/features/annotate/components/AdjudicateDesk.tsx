import { Button, Textarea } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck, IconEyeOff, IconScale } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { severityAt } from "../../../canvas/judgement";
import { createJudgementStore } from "../../../canvas/store";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Keycap } from "../../../components/Keycap";
import { Loading } from "../../../components/Loading";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { severityTexts } from "../../../components/severityTexts";
import { useViewport } from "../../../components/useViewport";
import { type Command, useCommands } from "../../../lib/commands";
import { useLocale } from "../../../lib/locale";
import type { Mark, Severity } from "../../../lib/severity";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { RULE, useAdjudication } from "../api/adjudication";
import { CHOICES, OPINION_KEYS, viewCommands } from "../model/commands";
import type { Turn } from "../model/desk";
import { judgementFrom, type Piece, pieceOf, regionsFrom } from "../model/piece";
import { agreed, openTies, tiedCells } from "../model/ruling";
import { useDraft } from "../model/useDraft";
import { texts } from "../texts";
import classes from "./AdjudicateDesk.module.css";
import { type Detail, Opinions, Precedents, Settles } from "./AdjudicateParts";
import { Frame, gridOf } from "./Frame";
import { Guide } from "./Guide";
import type { DeskProps } from "./LabelDesk";
import { DeskNotices } from "./Notices";
import { CandidateGrid, Original } from "./Pictures";
import { passOn, SkipDialog } from "./SkipDialog";
import work from "./Workspace.module.css";

/** Disputed samples one after another: opinions without names, a ruling with its reason. */
export function AdjudicateDesk(props: DeskProps) {
  const now = useStore(props.open.desk.state);
  if (!now.current) return null;
  return <Dispute key={now.current.claimed.assignment_id} {...props} turn={now.current} lost={now.lost} />;
}

interface DisputeProps extends DeskProps {
  readonly turn: Turn;
  readonly lost: boolean;
}

function Dispute(props: DisputeProps) {
  const { project, turn, aspects } = props;
  const t = useTexts(texts);
  const locale = useLocale();
  const detail = useAdjudication(project, turn.claimed.assignment_id, turn.claimed.fence);
  const piece = useMemo(() => {
    const keys = aspects.map((each) => each.key);
    const judged = new Set(
      detail.data?.opinions.flatMap((each) => Object.values(each.cells).flatMap(Object.keys)),
    );
    const shown = keys.filter((key) => judged.has(key) || turn.claimed.aspects.includes(key));
    return pieceOf({ ...turn.claimed, aspects: shown }, aspects, locale);
  }, [turn.claimed, aspects, locale, detail.data]);
  if (!detail.data)
    return (
      <DisputeFrame {...props} candidates={piece.candidates.length} foot={null}>
        {detail.error ? (
          <ErrorPanel error={detail.error} retry={detail.refetch} />
        ) : (
          <Loading what={t.loadingOpinions} />
        )}
      </DisputeFrame>
    );
  return <Ruling {...props} piece={piece} detail={detail.data} />;
}

function DisputeFrame(props: DisputeProps & { candidates: number; foot: ReactNode; children: ReactNode }) {
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

function Ruling(props: DisputeProps & { piece: Piece; detail: Detail }) {
  const { piece, detail, turn, open, project, batch, threshold } = props;
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const view = useViewport();
  const draft = useDraft(turn, project, batch.id);
  const ties = useMemo(
    () =>
      tiedCells(
        detail.opinions,
        detail.questions.map((each) => each.aspect),
        piece,
        threshold,
      ),
    [detail, piece, threshold],
  );
  const [store] = useState(() => createJudgementStore(judgementFrom(turn.draft?.body ?? {}, piece)));
  const [reason, setReason] = useState(String(turn.draft?.body.reason ?? ""));
  const ruling = useStore({ get: store.get, subscribe: store.subscribe, set: () => undefined });
  const [at, setAt] = useState(0);
  const [slot, setSlot] = useState(ties[0]?.slot ?? piece.candidates[0]?.slot ?? "");
  const [blink, setBlink] = useState(false);
  const [lens, setLens] = useState(false);
  const [regionsShown, setRegionsShown] = useState(true);
  const [hidden, setHidden] = useState<ReadonlySet<number>>(new Set());
  const toggle = (place: number) =>
    setHidden((now) => new Set(now.has(place) ? [...now].filter((each) => each !== place) : [...now, place]));
  const [skipping, setSkipping] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const { save } = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stood there at the beginning is no change
  useEffect(() => {
    if (store.depth() > 0 || reason) save({ cells: ruling.cells, reason });
  }, [ruling, reason, save]);

  const tie = ties[at];
  const left = openTies(ties, ruling);
  const ready = left.length === 0 && reason.trim() !== "" && !props.lost && !draft.conflict;
  const go = (index: number) => {
    const next = ties[(index + ties.length) % ties.length];
    if (!next) return;
    setAt(ties.indexOf(next));
    setSlot(next.slot);
  };
  const rule = (severity: Severity) => {
    if (!tie) return;
    const from = severityAt(store.get(), tie.slot, tie.aspect);
    store.edit({ type: "cell", slot: tie.slot, aspect: tie.aspect, from, to: severity });
    const next = openTies(ties, store.get())[0];
    if (next) go(ties.indexOf(next));
  };
  const jump = () => {
    const next = left.find((each) => ties.indexOf(each) > at) ?? left[0];
    if (next) go(ties.indexOf(next));
    else field.current?.focus();
  };
  const submit = () => {
    if (!ready) return;
    draft.stop();
    open.desk.finish(RULE, { cells: ruling.cells, reason: reason.trim(), regions: [] });
  };
  const candidate = piece.candidates.find((each) => each.slot === slot);
  const commands: Command[] = [
    ...viewCommands(piece, {
      focusCandidate: (index) => setSlot(piece.candidates[index]?.slot ?? slot),
      blink: setBlink,
      toggleLens: () => setLens((on) => !on),
      zoom: (factor) => candidate && view.zoom(factor, { slot, picture: candidate.picture }),
      fit: view.fit,
    }),
    ...CHOICES.map(({ severity, key }) => ({
      name: `rule-${severity}`,
      label: t.ruleAs(said[severity]),
      keys: [key],
      keyOnly: true,
      perform: () => rule(severity),
    })),
    { name: "next", label: t.nextTie, keys: ["KeyJ"], perform: jump },
    { name: "down", label: t.nextTie, keys: ["ArrowDown"], keyOnly: true, perform: () => go(at + 1) },
    { name: "up", label: t.previousAspect, keys: ["ArrowUp"], keyOnly: true, perform: () => go(at - 1) },
    { name: "reason", label: t.writeReason, keys: ["KeyT"], perform: () => field.current?.focus() },
    { name: "regions", label: t.hideRegions, keys: ["KeyH"], perform: () => setRegionsShown((on) => !on) },
    ...OPINION_KEYS.slice(0, detail.opinions.length).map((key, place) => ({
      name: `opinion-${place + 1}`,
      label: `${t.opinion(place + 1)}: ${t.itsRegions}`,
      keys: [`Shift+${key}`],
      keyOnly: true,
      perform: () => toggle(place),
    })),
    { name: "undo", label: t.undo, keys: ["Backspace"], perform: () => store.undo() },
    { name: "skip", label: t.skip, keys: ["KeyS"], perform: () => setSkipping(true) },
    {
      name: "unclear",
      label: t.unclear,
      keys: ["KeyU"],
      perform: () => passOn(open.desk, draft, "unclear_guideline"),
    },
    {
      name: "leave",
      label: t.leaveField,
      keys: ["Escape"],
      keyOnly: true,
      perform: () => field.current?.blur(),
    },
    {
      name: "rule",
      label: t.rule,
      keys: ["Enter", "Ctrl+Enter"],
      enabled: ready,
      perform: submit,
      whileTyping: false,
    },
  ];
  useCommands({ name: "adjudicate", title: t.kinds.adjudicate, commands });

  const tags = (where: string) =>
    detail.opinions.flatMap((each, index) =>
      (hidden.has(index) ? [] : regionsFrom(each.regions))
        .filter((region) => region.slot === where)
        .map((region) => ({
          id: `${index}/${region.id}`,
          tag: `${index + 1} · ${piece.aspects.find((aspect) => aspect.key === region.aspect)?.tag ?? ""}`,
          mark: (each.cells[region.slot]?.[region.aspect] ?? "todo") as Mark,
          shape: region.shape,
        })),
    );
  const isTied = (where: string, aspect: string) =>
    ties.some((each) => each.slot === where && each.aspect === aspect);
  const markOf = (where: string, aspect: string): Mark =>
    severityAt(ruling, where, aspect) ??
    (isTied(where, aspect) ? "todo" : (agreed(detail.opinions, where, aspect) ?? "todo"));
  const first = left[0];
  return (
    <DisputeFrame
      {...props}
      candidates={piece.candidates.length}
      foot={
        <>
          <div className={work.issue}>
            {first ? (
              <>
                <IconAlertTriangle size={16} stroke={1.6} className="warn" />
                <span className="b nw">{t.ties(left.length)}</span>
                <span className="t2 clip">
                  {first.letter} · {piece.aspects.find((each) => each.key === first.aspect)?.name}
                </span>
              </>
            ) : (
              <>
                <IconCircleCheck size={16} stroke={1.6} className={reason.trim() ? "ok" : "warn"} />
                <span className="t2">{reason.trim() ? t.allRuled : `${t.reason}: ${t.reasonNeeded}`}</span>
              </>
            )}
            {!ready && (
              <Button variant="filled" onClick={jump} rightSection={<Keycap chord="KeyJ" />}>
                {t.jump}
              </Button>
            )}
          </div>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => store.undo()}
            rightSection={<Keycap chord="Backspace" />}
          >
            {t.undo}
          </Button>
          <Button onClick={() => setSkipping(true)} rightSection={<Keycap chord="KeyS" />}>
            {t.skip}
          </Button>
          <Button
            onClick={() => passOn(open.desk, draft, "unclear_guideline")}
            rightSection={<Keycap chord="KeyU" />}
          >
            {t.unclear}
          </Button>
          <Button
            variant={ready ? "filled" : "default"}
            disabled={!ready}
            onClick={submit}
            rightSection={<Keycap chord="Enter" />}
          >
            {t.rule}
          </Button>
        </>
      }
    >
      <div className={work.work}>
        <div className={work.left}>
          <Original piece={piece} view={view} lens={lens} onLens={() => setLens((on) => !on)} />
          <Guide
            aspect={piece.aspects.find((each) => each.key === tie?.aspect)}
            version={batch.guideline_version}
          />
          <Precedents counts={tie && detail.precedents[tie.aspect]} />
        </div>
        <CandidateGrid
          piece={piece}
          view={view}
          focused={slot}
          blink={blink}
          lens={lens}
          regionsOf={(where) => (regionsShown ? tags(where) : [])}
          act={{ onFocus: setSlot }}
          strip={(each) =>
            piece.aspects.map((aspect) => {
              const mark = markOf(each.slot, aspect.key);
              return (
                <span key={aspect.key} className={work.cellWrap}>
                  <span className={`cell ${mark}`} title={`${aspect.name}: ${said[mark]}`}>
                    {mark === "todo" ? (
                      <IconScale size={12} stroke={1.8} />
                    ) : (
                      <SeverityGlyph mark={mark} size={11} />
                    )}
                    <span className={work.label}>{aspect.short}</span>
                    <span className={work.tag}>{aspect.tag}</span>
                  </span>
                </span>
              );
            })
          }
        />
        <div className={work.side}>
          <Opinions piece={piece} detail={detail} ties={ties} focus={tie} hidden={hidden} onToggle={toggle} />
          <section className="panel">
            <div className="ph">
              <h2>{t.ruling}</h2>
              <span className="sp" />
              <span className="s t2">{t.ruled(ties.length - left.length, ties.length)}</span>
            </div>
            {ties.map((each, index) => {
              const ruled = severityAt(ruling, each.slot, each.aspect);
              const name = piece.aspects.find((aspect) => aspect.key === each.aspect)?.name;
              return (
                <div
                  key={`${each.slot}/${each.aspect}`}
                  className={classes.ruling}
                  data-on={index === at || undefined}
                >
                  <button type="button" className={classes.title} onClick={() => go(index)}>
                    <span className="slot">{each.letter}</span>
                    <b className="clip">{name}</b>
                    <span className="s t2 clip">
                      {each.said.map((one) => said[one ?? "todo"]).join(" · ")}
                    </span>
                    <span className="sp" />
                    {ruled ? (
                      <span className={`sev ${ruled}`}>
                        <SeverityGlyph mark={ruled} /> {said[ruled]}
                      </span>
                    ) : (
                      <span className="s t3">{t.openCell}</span>
                    )}
                  </button>
                  {index === at && (
                    <div className={classes.choices}>
                      {CHOICES.map(({ severity, key }) => {
                        const by = each.said.flatMap((one, number) => (one === severity ? [number + 1] : []));
                        return (
                          <span
                            key={severity}
                            className={classes.choice}
                            data-on={ruled === severity || undefined}
                          >
                            <button
                              type="button"
                              tabIndex={-1}
                              className={`cell ${severity}`}
                              onClick={() => rule(severity)}
                            >
                              <SeverityGlyph mark={severity} size={11} /> {said[severity]}{" "}
                              <Keycap chord={key} />
                            </button>
                            {by.length > 0
                              ? t.opinion(by[0] ?? 0) +
                                by
                                  .slice(1)
                                  .map((n) => `, ${n}`)
                                  .join("")
                              : t.nobody}
                          </span>
                        );
                      })}
                    </div>
                  )}
                </div>
              );
            })}
            <div className={classes.ruling}>
              <Textarea
                ref={field}
                label={
                  <>
                    {t.reason} <span className="t3">{t.reasonNeeded}</span> <Keycap chord="KeyT" />
                  </>
                }
                placeholder={t.reasonHint}
                value={reason}
                maxLength={2000}
                maxRows={6}
                onChange={(event) => setReason(event.target.value)}
              />
            </div>
          </section>
          <Settles
            piece={piece}
            questions={detail.questions.map((each) => each.aspect)}
            markOf={markOf}
            threshold={threshold}
          />
        </div>
      </div>
      {skipping && <SkipDialog desk={open.desk} draft={draft} onClose={() => setSkipping(false)} />}
    </DisputeFrame>
  );
}
