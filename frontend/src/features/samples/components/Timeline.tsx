import { SegmentedControl } from "@mantine/core";
import {
  IconAlignLeft,
  IconBox,
  IconCheckbox,
  IconCpu,
  IconDownload,
  IconEye,
  IconLock,
  IconMessage2Question,
  IconPencil,
  IconScale,
  IconTarget,
  IconTargetOff,
  IconTool,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { Link } from "react-router";
import { useAspectName } from "../../../api/aspects";
import { MiniMatrix } from "../../../components/MiniMatrix";
import { SandboxTag } from "../../../components/SandboxTag";
import { duration, moment, money } from "../../../lib/format";
import { isSeverity, type Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { Life } from "../api/life";
import { type Event, type Filter, holder, shown } from "../model/life";
import classes from "../samples.module.css";
import { texts } from "../texts";

const ICONS: Readonly<Record<string, typeof IconLock>> = {
  imported: IconDownload,
  opinion_imported: IconDownload,
  leased: IconLock,
  judged: IconPencil,
  fixed: IconTool,
  adjudicated: IconScale,
  reviewed: IconEye,
  gold_made: IconTarget,
  gold_retired: IconTargetOff,
  appealed: IconMessage2Question,
  appeal_decided: IconScale,
  explained: IconAlignLeft,
  audited: IconCheckbox,
  frozen: IconBox,
  trained: IconCpu,
};
const FILTERS: readonly Filter[] = ["all", "people", "models", "training"];

/** What happened, the newest first; who has it now stands out. */
export function Timeline({
  life,
  aspects,
  project,
}: {
  life: Life;
  aspects: readonly string[];
  project: string;
}) {
  const t = useTexts(texts);
  const [filter, setFilter] = useState<Filter>("all");
  const held = holder(life.events, new Date());
  const events = shown(life.events, filter);
  return (
    <section className="panel grow">
      <div className="ph">
        <h2>{t.life}</h2>
        <span className="s t2 sp">{t.events(life.events.length)}</span>
        <SegmentedControl
          size="xs"
          aria-label={t.life}
          value={filter}
          onChange={(value) => setFilter(FILTERS.find((each) => each === value) ?? "all")}
          data={FILTERS.map((value) => ({ value, label: t.filters[value] }))}
        />
      </div>
      <ol className={classes.timeline}>
        {events.length === 0 && <li className="t3 s">{t.nothingOfThis}</li>}
        {events.map((event, place) => (
          <Entry
            // biome-ignore lint/suspicious/noArrayIndexKey: an event has no other name than its place in time
            key={place}
            event={event}
            aspects={aspects}
            project={project}
            now={event === held}
          />
        ))}
      </ol>
    </section>
  );
}

function Entry(props: { event: Event; aspects: readonly string[]; project: string; now: boolean }) {
  const t = useTexts(texts);
  const nameOf = useAspectName();
  const { event } = props;
  const { aspect, state = "" } = event.facts;
  const named = aspect
    ? { ...event.facts, aspect: nameOf(aspect), state: t.trainedStates[state] ?? state }
    : event.facts;
  const Icon = ICONS[event.kind] ?? IconLock;
  return (
    <li className={classes.entry} data-now={props.now || undefined} data-group={event.group}>
      <span className="s t3 nw">{moment(event.at)}</span>
      <span className={classes.icon}>
        <Icon size={14} stroke={1.6} />
      </span>
      <div>
        <div className="row">
          <b className="sp">{t.sentence(event.kind, named)}</b>
          {event.facts.sandbox && <SandboxTag />}
          <span className="s t2 nw">{event.who}</span>
        </div>
        {event.text && <p>“{event.text}”</p>}
        <p className="s t2">
          <Facts event={event} project={props.project} />
        </p>
      </div>
      <Cells cells={event.cells} aspects={props.aspects} />
    </li>
  );
}

/** The rest of what is known, in a line. */
function Facts({ event, project }: { event: Event; project: string }) {
  const t = useTexts(texts);
  const { facts } = event;
  const parts: ReactNode[] = [];
  const add = (key: string, part: ReactNode) => parts.push(<span key={key}>{part}</span>);
  if (facts.import)
    add(
      "import",
      <Link to={`/p/${project}/imports/${facts.import}`}>
        {t.lineOf(facts.manifest ?? "", facts.line ?? "")}
      </Link>,
    );
  if (event.kind === "leased") add("batch", `${facts.batch} · ${t.work[facts.kind ?? ""] ?? facts.kind}`);
  if (event.kind === "leased" && facts.purpose) add("purpose", t.purposes[facts.purpose] ?? facts.purpose);
  if (facts.round && facts.round !== "1") add("round", t.roundOf(facts.round));
  if (facts.looking) add("looking", facts.looking === "work" ? t.opened : t.neverOpened);
  if (facts.skipped) add("skipped", t.skippedWhy(facts.skipped.replaceAll("_", " ")));
  if (facts.draft) add("draft", t.draftOf(moment(facts.draft)));
  if (event.kind === "gold_made") add("source", t.goldFacts[facts.source ?? ""]);
  if (facts.why) add("why", t.goldFacts[facts.why]);
  if (facts.author) add("author", t.authorStays(facts.author));
  if (facts.active_ms) add("time", duration(Number(facts.active_ms)));
  if (facts.regions) add("regions", t.regionCount(Number(facts.regions)));
  if (facts.letters) add("letters", t.lettersShown([...facts.letters].join(" ")));
  if (facts.guideline) add("guideline", t.guidelineOf(facts.guideline));
  if (facts.assisted) add("assisted", t.assisted);
  if (facts.places) add("places", t.lookAt(facts.places.replaceAll("_", " ")));
  if (facts.closed) add("closed", t.closedAt(moment(facts.closed)));
  if (facts.stage) add("stage", t.stages[facts.stage] ?? facts.stage);
  if (facts.answer_visible) add("visible", t.answerVisible);
  if (facts.passed === "no") add("checks", t.failedChecks);
  if (facts.cost_usd) add("cost", money(facts.cost_usd, 4));
  if (facts.reason) add("reason", facts.reason.replaceAll("_", " "));
  if (facts.rationale)
    add("rationale", <Link to={`/p/${project}/rationales/text/${facts.rationale}`}>{t.openText}</Link>);
  if (facts.questions) add("questions", t.questionCount(Number(facts.questions)));
  if (facts.family) add("family", t.familyOf(facts.family));
  if (facts.exact) add("exact", t.exactRate(facts.exact));
  if (event.kind === "imported" && facts.revision !== "1")
    add("revision", t.revisionOf(facts.revision ?? ""));
  return <span className={classes.facts}>{parts}</span>;
}

function Cells({ cells, aspects }: { cells: Event["cells"]; aspects: readonly string[] }) {
  const slots = Object.keys(cells).sort();
  if (slots.length === 0) return null;
  const marks: Mark[][] = aspects.map((aspect) =>
    slots.map((slot) => {
      const said = cells[slot]?.[aspect];
      return isSeverity(said) ? said : "todo";
    }),
  );
  return <MiniMatrix marks={marks} side={8} label={slots.join(" ")} />;
}
