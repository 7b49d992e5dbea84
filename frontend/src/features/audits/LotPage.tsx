import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Link, useParams } from "react-router";
import { useAspectName } from "../../api/aspects";
import { useMay, useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Keycap } from "../../components/Keycap";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { ProgressLine } from "../../components/ProgressLine";
import { type ActiveClock, startActiveClock } from "../../lib/activeTime";
import { useCommands } from "../../lib/commands";
import { number, percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import {
  type Entry,
  entriesQuery,
  type Lot,
  lotQuery,
  REASONS,
  type Reason,
  useDecide,
  useJudge,
  useUnsent,
} from "./api/lot";
import classes from "./audits.module.css";
import { EntryPictures, useLooking } from "./EntryPictures";
import { isState, texts } from "./texts";

const DIGITS = ["Digit1", "Digit2", "Digit3", "Digit4", "Digit5", "Digit6"] as const;
/** `{{B}}` is how stored texts name a slot. */
const readable = (text: string) => text.replace(/\{\{(\w+)\}\}/g, "$1");

interface TextProps {
  readonly entry: Entry;
  /** The sentence that `F` would name. */
  readonly at: number;
  readonly fault: number | null;
  readonly onPick: (place: number) => void;
}

function Text({ entry, at, fault, onPick }: TextProps) {
  const t = useTexts(texts);
  const aspectName = useAspectName();
  const concluded = entry.concluded;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{aspectName(entry.aspect)}</h2>
        <span className="sp" />
        <span className="mono t3">{entry.sample}</span>
      </div>
      <div className={`pb ${classes.text}`}>
        {entry.sentences.map((sentence, place) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has no other name than its place
            key={place}
            type="button"
            className={classes.sentence}
            data-at={place === at || undefined}
            onClick={() => onPick(place)}
          >
            {readable(sentence.text)}
            {place === fault && <span className={`s bad ${classes.fault}`}>{t.firstFaultHere}</span>}
          </button>
        ))}
        {entry.readings.map((read, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: readings have no other name than their order
          <p key={`read ${place}`} className="s t2">
            {read.first_fault === null || read.first_fault === undefined
              ? t.readClean
              : read.of_this
                ? t.readFault(read.first_fault + 1)
                : t.draftFault(readable(read.sentence))}
          </p>
        ))}
        <p className="row">
          <span className="t2">{t.concluded}</span>
          {!concluded ? (
            <span className="t3">{t.noConclusion}</span>
          ) : concluded.length === 0 ? (
            <b>{t.nobody}</b>
          ) : (
            concluded.map((slot) => (
              <span key={slot} className="slot">
                {slot}
              </span>
            ))
          )}
        </p>
      </div>
    </section>
  );
}

/** Once every rationale is judged: a lead decides an ordinary lot; from all else the way leads on. */
function Next({ lot, isJudged }: { lot: Lot; isJudged: boolean }) {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const decide = useDecide(project.slug, lot.id);
  const unsent = useUnsent(project.slug, lot.id);
  const isOpen = lot.state === "open";
  if (isOpen && !isJudged) return <span className="t3 s">{t.afterAll}</span>;
  if (isOpen && lead && !lot.trial_id)
    return (
      <>
        <div className="row">
          <Button
            variant="filled"
            loading={decide.isPending || unsent > 0}
            onClick={() => decide.mutate(true)}
          >
            {t.acceptLot}
          </Button>
          <Button loading={decide.isPending || unsent > 0} onClick={() => decide.mutate(false)}>
            {t.bounceLot}
          </Button>
        </div>
        {decide.error && <ErrorPanel error={decide.error} />}
      </>
    );
  const trial = lead ? lot.trial_id : null;
  return (
    <>
      <span className="t2">
        {!isOpen
          ? t.decided(isState(lot.state) ? t[lot.state] : lot.state)
          : lot.trial_id
            ? t.trialCounts
            : t.leadDecides}
      </span>
      <div className="row">
        <Button
          component={Link}
          to={`/p/${project.slug}/${trial ? `trials/${trial}` : "audits"}`}
          variant="filled"
        >
          {trial ? t.toTrial : t.toLots}
        </Button>
      </div>
    </>
  );
}

/** Accept or reject this one; where the lot stands. */
export function LotPage() {
  const t = useTexts(texts);
  const project = useProject();
  const { lot: id = "" } = useParams();
  const lot = useQuery(lotQuery(project.slug, id));
  const entries = useQuery(entriesQuery(project.slug, id));
  const judge = useJudge(project.slug, id);
  const [at, setAt] = useState<number | null>(null);
  const [rejecting, setRejecting] = useState(false);
  const [sentence, setSentence] = useState(0);
  const [fault, setFault] = useState<number | null>(null);
  const clock = useRef<ActiveClock | null>(null);
  useEffect(() => {
    const started = startActiveClock();
    clock.current = started;
    return () => started.stop();
  }, []);
  const rows = entries.data?.results ?? [];
  const firstOpen = rows.findIndex((row) => row.accepted === null);
  const place = at ?? (firstOpen === -1 ? 0 : firstOpen);
  const entry = rows[place];
  const open = lot.data?.state === "open";
  const go = (to: number) => {
    setRejecting(false);
    setSentence(0);
    setFault(null);
    setAt(Math.min(Math.max(to, 0), Math.max(rows.length - 1, 0)));
  };
  const say = (accepted: boolean | null, reason?: Reason) => {
    if (!entry || !open) return;
    const activeMs = clock.current?.take() ?? 0;
    const firstFault = accepted === false ? (fault ?? entry.first_fault) : null;
    judge.mutate({ entry: entry.id, accepted, activeMs, firstFault, ...(reason ? { reason } : {}) });
    if (accepted !== null) go(place + 1);
  };
  const last = (entry?.sentences.length ?? 1) - 1;
  /** Naming the first fault rejects; the reason is asked for next. */
  const blame = (place: number) => {
    if (!open) return;
    setFault(place);
    setRejecting(true);
  };
  const looking = useLooking(entry?.pictures ?? []);
  useCommands({
    name: "audit",
    title: t.title,
    commands: [
      { name: "accept", label: t.accept, keys: ["KeyA"], perform: () => say(true), enabled: open },
      { name: "reject", label: t.reject, keys: ["KeyR"], perform: () => setRejecting(true), enabled: open },
      {
        name: "first-fault",
        label: t.firstFault,
        keys: ["KeyF"],
        perform: () => blame(sentence),
        enabled: open,
      },
      {
        name: "sentence-up",
        label: t.sentenceUp,
        keys: ["ArrowUp"],
        perform: () => setSentence(Math.max(0, sentence - 1)),
      },
      {
        name: "sentence-down",
        label: t.sentenceDown,
        keys: ["ArrowDown"],
        perform: () => setSentence(Math.min(last, sentence + 1)),
      },
      { name: "undo", label: t.undo, keys: ["Backspace"], perform: () => say(null), enabled: open },
      ...looking.commands,
      { name: "previous", label: t.previous, keys: ["ArrowLeft"], perform: () => go(place - 1) },
      { name: "next", label: t.next, keys: ["ArrowRight"], perform: () => go(place + 1) },
      ...REASONS.map((reason, digit) => ({
        name: reason,
        label: t[reason],
        keys: [DIGITS[digit] ?? "Digit1"],
        perform: () => say(false, reason),
        enabled: open && rejecting,
      })),
    ],
  });
  if (lot.isPending || entries.isPending) return <Loading />;
  const failed = lot.error ?? entries.error;
  if (failed) return <ErrorPanel error={failed} retry={() => void entries.refetch()} />;
  const found = lot.data;
  if (!found || !entry) return <Loading />;
  const accepted = rows.filter((row) => row.accepted === true).length;
  const rejected = rows.filter((row) => row.accepted === false).length;
  return (
    <>
      <PageHeader
        title={t.lot(found.number)}
        note={`${t.of(accepted + rejected, rows.length)} · ${t.covers(number(found.population_count))}`}
        back={{ to: `/p/${project.slug}/audits`, label: t.title }}
      >
        <span className="s t3">{t.reader}</span>
      </PageHeader>
      <div className={classes.page}>
        <EntryPictures entry={entry} looking={looking} />
        <div className={classes.side}>
          <Text entry={entry} at={sentence} fault={fault ?? entry.first_fault ?? null} onPick={setSentence} />
          <section className="panel">
            <div className="pb col gap5" style={{ paddingTop: 12 }}>
              <div className="row">
                <Button
                  variant={entry.accepted === true ? "filled" : "default"}
                  disabled={!open}
                  onClick={() => say(true)}
                  rightSection={<Keycap chord="KeyA" />}
                >
                  {t.accept}
                </Button>
                <Button
                  color="red"
                  variant={entry.accepted === false ? "filled" : "default"}
                  disabled={!open}
                  onClick={() => setRejecting(true)}
                  rightSection={<Keycap chord="KeyR" />}
                >
                  {t.reject}
                </Button>
                <span className="sp" />
                {open && entry.accepted !== null && (
                  <Button
                    variant="subtle"
                    color="gray"
                    onClick={() => say(null)}
                    rightSection={<Keycap chord="Backspace" />}
                  >
                    {t.undo}
                  </Button>
                )}
                <Button
                  aria-label={t.previous}
                  onClick={() => go(place - 1)}
                  disabled={place === 0}
                  rightSection={<Keycap chord="ArrowLeft" />}
                >
                  {t.previous}
                </Button>
                <Button
                  aria-label={t.next}
                  onClick={() => go(place + 1)}
                  disabled={place >= rows.length - 1}
                  rightSection={<Keycap chord="ArrowRight" />}
                >
                  {t.next}
                </Button>
              </div>
              <div className="row">
                <Button
                  disabled={!open}
                  onClick={() => blame(sentence)}
                  rightSection={<Keycap chord="KeyF" />}
                >
                  {t.firstFault}
                </Button>
                <span className="s t3">{t.faultWhy}</span>
              </div>
              {(rejecting || entry.accepted === false) && (
                <div className={classes.reasons}>
                  {REASONS.map((reason, digit) => (
                    <Button
                      key={reason}
                      size="compact-sm"
                      variant={entry.reason === reason ? "filled" : "default"}
                      disabled={!open}
                      onClick={() => say(false, reason)}
                      rightSection={rejecting ? <Keycap chord={DIGITS[digit] ?? "Digit1"} /> : undefined}
                    >
                      {t[reason]}
                    </Button>
                  ))}
                </div>
              )}
              {judge.error && <ErrorPanel error={judge.error} />}
            </div>
          </section>
          <section className="panel">
            <div className="ph">
              <h2>{t.progress}</h2>
              <span className="sp" />
              <span className="t2">
                {place + 1} / {rows.length}
              </span>
            </div>
            <div className="pb col gap5">
              <ProgressLine
                parts={[
                  { value: accepted, tone: "ok" },
                  { value: rejected, tone: "bad" },
                ]}
                total={rows.length}
              />
              <IntervalRow label={t.rate} {...found.rate} show={(value) => percent(value)} />
              <Next lot={found} isJudged={accepted + rejected === rows.length} />
            </div>
          </section>
        </div>
      </div>
    </>
  );
}
