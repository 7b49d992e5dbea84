import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { memo, type ReactNode, useEffect, useState } from "react";
import { showBox } from "../../../canvas/geometry";
import type { Change, Judgement, Region } from "../../../canvas/judgement";
import { boundsOf, type Shape } from "../../../canvas/shapes";
import type { JudgementStore } from "../../../canvas/store";
import { Keycap } from "../../../components/Keycap";
import { Matrix } from "../../../components/Matrix";
import { useCommands } from "../../../lib/commands";
import { useStable } from "../../../lib/stable";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { ASPECT_KEYS, labelCommands } from "../model/commands";
import { letterOf, type Piece } from "../model/piece";
import { useLooking } from "../model/useLooking";
import {
  answerOf,
  cycled,
  drawnAt,
  freshRegionId,
  type Issue,
  issuesOf,
  judgedCount,
  markAt,
  pointedAt,
  regionTags,
  restClean,
  unsure,
  usable,
} from "../model/verdicts";
import { texts } from "../texts";
import { RegionPanel } from "./RegionPanel";
import { VerdictStrip } from "./VerdictStrip";
import { WorkArea } from "./WorkArea";
import classes from "./Workspace.module.css";

interface Props {
  readonly piece: Piece;
  readonly store: JudgementStore;
  readonly threshold: string;
  readonly guideline: number;
  /** False while nothing may be submitted (the lease is gone). */
  readonly open: boolean;
  /** Where a reviewer looks. */
  readonly pointed?: readonly Region[];
  readonly leftExtra?: ReactNode;
  readonly sideExtra?: ReactNode;
  readonly footLead?: ReactNode;
  readonly onSubmit: (judgement: Judgement) => void;
  readonly onSkip?: () => void;
  readonly onPrevious: () => void;
  /** Where Escape leads when nothing is armed or selected. */
  readonly onBack?: () => void;
  readonly frame: (work: ReactNode, foot: ReactNode) => ReactNode;
}

function useSentence(piece: Piece, tags: ReadonlyMap<string, string>) {
  const t = useTexts(texts);
  return (issue: Issue): string => {
    const letter = letterOf(piece, issue.slot);
    const aspect = piece.aspects.find((each) => each.key === issue.aspect)?.name ?? issue.aspect;
    const tag = issue.region ? (tags.get(issue.region.id) ?? "") : "";
    if (issue.kind === "region_open") return t.regionOpen(letter, aspect, tag);
    return issue.kind === "region_clean" ? t.regionClean(letter, aspect, tag) : t.notJudged(letter, aspect);
  };
}

interface ActionProps {
  readonly chord: string;
  readonly label: string;
  readonly quiet?: boolean;
  readonly onClick: () => void;
}

/** A button of the foot that is there whatever has been said, so no verdict renders it again. */
const Action = memo(function Action({ chord, label, quiet = false, onClick }: ActionProps) {
  return (
    <Button
      {...(quiet && { variant: "subtle", color: "gray" })}
      onClick={onClick}
      rightSection={<Keycap chord={chord} />}
    >
      {label}
    </Button>
  );
});

/** One sample being judged: pictures, matrix, regions, and every key of them. */
export function Judging(props: Props) {
  const { piece, store } = props;
  const t = useTexts(texts);
  const judgement = useStore({ get: store.get, subscribe: store.subscribe, set: () => undefined });
  const looking = useLooking(piece);
  const { view, slot, setSlot, candidate } = looking;
  const [aspectKey, setAspectKey] = useState(piece.aspects[0]?.key ?? "");
  const [armed, setArmed] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  const tags = regionTags(judgement.regions, piece);
  const issues = issuesOf(judgement, piece);
  const sentence = useSentence(piece, tags);
  const ready = props.open && issues.length === 0;
  const aspect = piece.aspects.find((each) => each.key === aspectKey);

  const edit = (change: Change | null) => change && store.edit(change);
  const press = (where: string, key: string, how: typeof cycled | null) => {
    setSlot(where);
    setAspectKey(key);
    edit(how ? how(store.get(), piece, where, key) : unsure(store.get(), where, key));
  };
  const pressed = useStable((where: string, key: string) => press(where, key, cycled));
  const replaceRegion = (from: Region, to: Region | null) => edit({ type: "region", from, to });
  const pick = (id: string | null) => {
    setSelected(id);
    const region = judgement.regions.find((each) => each.id === id);
    if (!region) return;
    setSlot(region.slot);
    setAspectKey(region.aspect);
  };
  const removeRegion = (region: Region | undefined) => {
    if (!region) return false;
    setSelected(null);
    replaceRegion(region, null);
    return true;
  };
  const draw = (where: string, shape: Shape) => {
    const id = freshRegionId(judgement.regions);
    edit({ type: "region", from: null, to: { id, slot: where, aspect: aspectKey, shape, note: "" } });
    setArmed(false);
    setSlot(where);
    setSelected(id);
  };
  const jump = () => {
    const current = issues.findIndex((each) => each.slot === slot && each.aspect === aspectKey);
    const issue = issues[(current + 1) % issues.length];
    if (!issue) return;
    setSlot(issue.slot);
    setAspectKey(issue.aspect);
    setSelected(issue.region?.id ?? null);
  };
  const submit = () => ready && props.onSubmit(store.get());
  const moveAspect = (step: number) => {
    const at = piece.aspects.findIndex((each) => each.key === aspectKey);
    const next = piece.aspects[(at + step + piece.aspects.length) % piece.aspects.length];
    if (next) setAspectKey(next.key);
  };
  const commands = labelCommands(
    piece,
    {
      ...looking.actions,
      cycle: (key) => press(slot, key ?? aspectKey, cycled),
      unsure: (key) => press(slot, key ?? aspectKey, null),
      moveAspect,
      restClean: () => edit(restClean(store.get(), piece)),
      armRegion: () => setArmed((on) => !on),
      removeRegion: () => removeRegion(judgement.regions.find((each) => each.id === selected)),
      back: () => {
        if (!armed && !selected) props.onBack?.();
        setArmed(false);
        setSelected(null);
      },
      jump,
      undo: () => {
        store.undo();
      },
      openSkip: () => props.onSkip?.(),
      previous: props.onPrevious,
      submit,
    },
    ready,
  ).filter((command) => command.name !== "skip" || props.onSkip);
  useCommands({ name: "annotate", title: t.annotateScope, commands });

  // A selected region that was undone away is no longer selected.
  useEffect(() => {
    if (selected && !judgement.regions.some((each) => each.id === selected)) setSelected(null);
  }, [selected, judgement.regions]);

  const showRegion = (id: string) => {
    pick(id);
    const region = judgement.regions.find((each) => each.id === id);
    const picture = piece.candidates.find((each) => each.slot === region?.slot)?.picture;
    if (!region || !picture || view.shared.zoom === 1) return;
    view.show(showBox(boundsOf(region.shape, picture), picture, picture));
  };

  const previous = useStable(props.onPrevious);
  const undo = useStable(() => store.undo());
  const skip = useStable(() => props.onSkip?.());
  const clear = useStable(() => edit(restClean(store.get(), piece)));
  const first = issues[0];
  const clean = usable(judgement, piece, props.threshold);
  const cells = piece.candidates.length * piece.aspects.length;
  const work = (
    <WorkArea
      piece={piece}
      looking={looking}
      aspect={aspect}
      guideline={props.guideline}
      leftExtra={props.leftExtra}
      armed={armed}
      selected={selected}
      regionsOf={(where) => [...drawnAt(judgement, tags, where), ...pointedAt(props.pointed ?? [], where)]}
      act={{
        onDraw: draw,
        onPick: pick,
        onChange: (id, shape) => {
          const region = judgement.regions.find((each) => each.id === id);
          if (region) replaceRegion(region, { ...region, shape });
        },
      }}
      strip={(each) => (
        <VerdictStrip
          piece={piece}
          candidate={each}
          verdicts={judgement.cells[each.slot]}
          focused={each.slot === slot}
          onCell={pressed}
        />
      )}
    >
      {props.sideExtra}
      <section className="panel" style={{ padding: "6px 7px" }}>
        <div className="row" style={{ padding: "3px 5px 0" }}>
          <h2>{t.verdicts}</h2>
          <span className="mono t3 s clip">{piece.sample}</span>
          <span className="sp" />
          <span className="s t2">{t.judged(judgedCount(judgement, piece), cells)}</span>
        </div>
        <Matrix
          aspects={piece.aspects.map((each, index) => {
            const chord = ASPECT_KEYS[index];
            return { key: each.key, name: each.name, ...(chord && { chord }) };
          })}
          letters={piece.candidates.map((each) => each.letter)}
          markOf={(key, letter) =>
            markAt(judgement, piece.candidates.find((each) => each.letter === letter)?.slot ?? "", key)
          }
          answerOf={(key) => answerOf(judgement, piece, key, props.threshold)}
          focus={{ aspect: aspectKey, letter: candidate?.letter ?? null }}
          onCell={(key, letter) => {
            const where = piece.candidates.find((each) => each.letter === letter)?.slot;
            if (where) press(where, key, cycled);
          }}
          foot={
            <div
              className="row s"
              style={{ padding: "5px 5px 2px", borderTop: "1px solid var(--line)", margin: "3px 4px 0" }}
            >
              <span className="b">{t.usable}</span>
              <span className="sp" />
              {clean === null && <span className="t3">…</span>}
              {clean?.length === 0 && <span className="t3">{t.noneUsable}</span>}
              {clean?.map((letter) => (
                <span key={letter} className="slot">
                  {letter}
                </span>
              ))}
            </div>
          }
        />
      </section>
      <RegionPanel
        piece={piece}
        judgement={judgement}
        tags={tags}
        selected={selected}
        armed={armed}
        onSelect={showRegion}
        onNote={(region, note) => replaceRegion(region, { ...region, note })}
        onRemove={removeRegion}
      />
    </WorkArea>
  );
  const foot = (
    <>
      {props.footLead}
      <div className={classes.issue}>
        {first ? (
          <>
            <IconAlertTriangle size={16} stroke={1.6} className="warn" />
            <span className="b nw">{t.toSettle(issues.length)}</span>
            <span className="t2 clip">{sentence(first)}</span>
            <Button variant="filled" onClick={jump} rightSection={<Keycap chord="KeyJ" />}>
              {t.jump}
            </Button>
          </>
        ) : (
          <>
            <IconCircleCheck size={16} stroke={1.6} className="ok" />
            <span className="t2">{t.settled}</span>
          </>
        )}
      </div>
      <Action chord="ArrowLeft" quiet label={t.previous} onClick={previous} />
      <Action chord="Backspace" quiet label={t.undo} onClick={undo} />
      {props.onSkip && <Action chord="KeyS" label={t.skip} onClick={skip} />}
      <Action chord="KeyA" label={t.restClean} onClick={clear} />
      <Button
        variant={ready ? "filled" : "default"}
        disabled={!ready}
        onClick={submit}
        rightSection={<Keycap chord="Enter" />}
      >
        {t.submit}
      </Button>
    </>
  );
  return props.frame(work, foot);
}
