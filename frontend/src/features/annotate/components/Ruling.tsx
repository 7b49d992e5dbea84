import { IconScale } from "@tabler/icons-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { severityAt } from "../../../canvas/judgement";
import { createJudgementStore } from "../../../canvas/store";
import { severityTexts } from "../../../components/severityTexts";
import { type Command, useCommands } from "../../../lib/commands";
import type { Mark, Severity } from "../../../lib/severity";
import { useStore } from "../../../lib/store";
import { useTexts } from "../../../lib/texts";
import { RULE } from "../api/adjudication";
import { CHOICES, OPINION_KEYS, viewCommands } from "../model/commands";
import { judgementFrom, type Piece, regionsFrom } from "../model/piece";
import { agreed, openTies, tiedCells } from "../model/ruling";
import { useDraft } from "../model/useDraft";
import { useLooking } from "../model/useLooking";
import { texts } from "../texts";
import { type Detail, Opinions, Precedents, Settles } from "./AdjudicateParts";
import { DisputeFrame, type DisputeProps } from "./DisputeFrame";
import { MarkStrip } from "./MarkStrip";
import { RulingFoot, RulingPanel } from "./RulingParts";
import { passOn, SkipDialog } from "./SkipDialog";
import { WorkArea } from "./WorkArea";

/** The cells that opinions leave open, ruled one by one, and the reason for it. */
export function Ruling(props: DisputeProps & { piece: Piece; detail: Detail }) {
  const { piece, detail, turn, open, project, batch, threshold } = props;
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
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
  const looking = useLooking(piece, ties[0]?.slot);
  const { setSlot } = looking;
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
  const commands: Command[] = [
    ...viewCommands(piece, looking.actions),
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
  return (
    <DisputeFrame
      {...props}
      candidates={piece.candidates.length}
      foot={
        <RulingFoot
          piece={piece}
          first={left[0]}
          open={left.length}
          reasoned={reason.trim() !== ""}
          ready={ready}
          onJump={jump}
          onUndo={() => store.undo()}
          onSkip={() => setSkipping(true)}
          onUnclear={() => passOn(open.desk, draft, "unclear_guideline")}
          onRule={submit}
        />
      }
    >
      <WorkArea
        piece={piece}
        looking={looking}
        aspect={piece.aspects.find((each) => each.key === tie?.aspect)}
        guideline={batch.guideline_version}
        leftExtra={<Precedents counts={tie && detail.precedents[tie.aspect]} />}
        regionsOf={(where) => (regionsShown ? tags(where) : [])}
        strip={(each) => (
          <MarkStrip
            aspects={piece.aspects}
            markOf={(key) => markOf(each.slot, key)}
            unsettled={<IconScale size={12} stroke={1.8} />}
          />
        )}
      >
        <Opinions piece={piece} detail={detail} ties={ties} focus={tie} hidden={hidden} onToggle={toggle} />
        <RulingPanel
          piece={piece}
          ties={ties}
          at={at}
          ruling={ruling}
          open={left.length}
          onGo={go}
          onRule={rule}
          field={field}
          reason={reason}
          onReason={setReason}
        />
        <Settles
          piece={piece}
          questions={detail.questions.map((each) => each.aspect)}
          markOf={markOf}
          threshold={threshold}
        />
      </WorkArea>
      {skipping && <SkipDialog desk={open.desk} draft={draft} onClose={() => setSkipping(false)} />}
    </DisputeFrame>
  );
}
