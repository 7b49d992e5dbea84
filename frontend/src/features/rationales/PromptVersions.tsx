import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Loading } from "../../components/Loading";
import { SandboxTag } from "../../components/SandboxTag";
import { number, percent, usd } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import {
  type PromptOffer,
  type PromptVersions,
  useDeclineOffer,
  useTakeOffer,
  versionsQuery,
} from "./api/prompts";
import classes from "./rationales.module.css";
import { texts } from "./texts";

type Part = PromptVersions["parts"][number];
type Figures = PromptVersions["before"];

/** A text with what went struck out and what came underlined: marks, not colour alone. */
function Change({ part }: { part: Part }) {
  const t = useTexts(texts);
  return (
    <div className="col gap2">
      <b className="s">
        {t.stepNames[part.step as keyof typeof t.stepNames] ?? part.step} ·{" "}
        {part.part === "system" ? t.system : t.text}
      </b>
      <pre className={classes.code}>
        {part.segments.map((segment, place) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: a run of words has no other name than its place
          if (segment.kind === "removed") return <del key={place}>{segment.text}</del>;
          // biome-ignore lint/suspicious/noArrayIndexKey: the same
          if (segment.kind === "added") return <ins key={place}>{segment.text}</ins>;
          return segment.text;
        })}
      </pre>
    </div>
  );
}

function Led({ figures }: { figures: Figures }) {
  const t = useTexts(texts);
  const reasons: Readonly<Record<string, string>> = { ...t.outcomes, ...t.checkNames };
  const reason = (code: string) => reasons[code] ?? code.replaceAll("_", " ");
  return (
    <section className="panel">
      <div className="ph">
        <h2>
          {figures.name} · {t.versionN(figures.version)}
        </h2>
      </div>
      <div className="pb col gap2">
        {figures.groups.length === 0 && <span className="t3">{t.unused}</span>}
        {figures.groups.map((group) => (
          <div key={group.key} className="col gap2">
            {group.sandbox && (
              <span>
                <SandboxTag />
              </span>
            )}
            <IntervalRow label={t.acceptRate} {...group.rate} show={(value) => percent(value)} missing="–" />
            <div className="row">
              <span className="sp">{t.perAccepted}</span>
              <b>{group.per_accepted === null ? "–" : usd(group.per_accepted)}</b>
              {group.per_accepted_low !== null && group.per_accepted_high !== null && (
                <span className="s t2">{`${usd(group.per_accepted_low)}–${usd(group.per_accepted_high)}`}</span>
              )}
            </div>
            <span className="s t3">{t.judgedOf(number(group.judged), number(group.passed))}</span>
          </div>
        ))}
        {figures.groups.length > 0 && (
          <IntervalRow label={t.passRate} {...figures.pass_rate} show={(value) => percent(value)} />
        )}
        {figures.failures.map((failure) => (
          <IntervalRow
            key={`${failure.of_check} ${failure.reason}`}
            label={`${reason(failure.reason)} · ${number(failure.count)}`}
            {...failure.share}
            show={(value) => percent(value, 1)}
          />
        ))}
      </div>
    </section>
  );
}

/** What changed between two versions, and what each led to. */
export function Versions({ before, after }: { before: string; after: string }) {
  const t = useTexts(texts);
  const project = useProject();
  const found = useQuery(versionsQuery(project.slug, before, after));
  if (found.isPending) return <Loading />;
  if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
  const terms: Readonly<Record<string, string>> = {
    picture_side: t.pictureSide,
    max_tokens: t.maxTokens,
    temperature: t.temperature,
    locale: t.language,
    way: t.way,
    stage: t.stage,
  };
  const changed = found.data.parts.filter((part) => part.changed);
  return (
    <div className="col gap5">
      <div className={classes.pair}>
        <Led figures={found.data.before} />
        <Led figures={found.data.after} />
      </div>
      <section className="panel">
        <div className="ph">
          <h2>{t.whatChanged}</h2>
        </div>
        <div className="pb col gap5">
          {found.data.terms.map((term) => (
            <span key={term.name}>
              {terms[term.name] ?? term.name}: <del>{term.before}</del> <ins>{term.after}</ins>
            </span>
          ))}
          {changed.map((part) => (
            <Change key={`${part.step} ${part.part}`} part={part} />
          ))}
          {changed.length + found.data.terms.length === 0 && <span className="t3">{t.nothingChanged}</span>}
        </div>
      </section>
      <p className="s t3">{t.versionsWhy}</p>
    </div>
  );
}

/** Defaults that came after the project was made: offered, never taken by themselves. */
export function Offers({ offers }: { offers: readonly PromptOffer[] }) {
  const t = useTexts(texts);
  const project = useProject();
  const take = useTakeOffer(project.slug);
  const decline = useDeclineOffer(project.slug);
  const failed = take.error ?? decline.error;
  const [shown, setShown] = useState<PromptOffer | null>(null);
  if (offers.length === 0) return null;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.offers}</h2>
      </div>
      <div className="pb col gap2">
        {failed && <ErrorPanel error={failed} />}
        {offers.map((offer) => (
          <div key={`${offer.name} ${offer.locale}`} className="col gap2">
            <div className="row">
              <span className="sp clip">
                <b>{offer.name}</b> · {t.locales[offer.locale as keyof typeof t.locales]} ·{" "}
                {t.versionN(offer.next_version)}
              </span>
              <Button size="compact-sm" onClick={() => setShown(shown === offer ? null : offer)}>
                {t.whatChanged}
              </Button>
              <Button
                size="compact-sm"
                variant="subtle"
                loading={decline.isPending}
                onClick={() => decline.mutate({ name: offer.name, locale: offer.locale })}
              >
                {t.declineOffer}
              </Button>
              <Button
                size="compact-sm"
                loading={take.isPending}
                onClick={() => take.mutate({ name: offer.name, locale: offer.locale })}
              >
                {t.takeOffer}
              </Button>
            </div>
            {shown === offer &&
              offer.parts.map((part) => <Change key={`${part.step} ${part.part}`} part={part} />)}
          </div>
        ))}
        <span className="s t3">{t.offersWhy}</span>
      </div>
    </section>
  );
}
