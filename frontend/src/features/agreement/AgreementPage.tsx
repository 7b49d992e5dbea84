import { Button, SegmentedControl } from "@mantine/core";
import { IconInfoCircle, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useSearchParams } from "react-router";
import { useMay, useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { IntervalRow } from "../../components/IntervalRow";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { percent } from "../../lib/format";
import { useLocale } from "../../lib/locale";
import { useTexts } from "../../lib/texts";
import classes from "./AgreementPage.module.css";
import {
  type Agreement,
  type AgreementAspect,
  agreementQuery,
  type By,
  differingQuery,
} from "./api/agreement";
import { aspectsQuery } from "./api/aspects";
import { texts } from "./texts";

type Words = (typeof texts)["en"];
interface Chosen {
  readonly aspect: string;
  readonly slot: string | null;
}

/** Why a figure is undefined, in words; nothing where it is defined. */
function whyOf(figure: AgreementAspect["figure"], t: Words): string | undefined {
  if (figure.why_undefined === "no_pairs") return t.whys.no_pairs;
  if (figure.why_undefined !== "nothing_varies") return undefined;
  const said = Object.entries(t.said).find(([code]) => code === figure.only)?.[1] ?? figure.only;
  return t.whys.nothing_varies(figure.opinions, said);
}

function Figure(props: {
  figure: AgreementAspect["figure"];
  label: string;
  chosen: boolean;
  onChoose: () => void;
}) {
  const t = useTexts(texts);
  const { figure } = props;
  return (
    <button
      type="button"
      className={classes.cell}
      data-undefined={figure.alpha === null || undefined}
      aria-pressed={props.chosen}
      aria-label={props.label}
      title={whyOf(figure, t)}
      onClick={props.onChoose}
    >
      <b>{figure.alpha === null ? t.undefined : figure.alpha.toFixed(2)}</b>
      <small>{t.cells(figure.units)}</small>
    </button>
  );
}

function Alphas(props: {
  found: Agreement;
  nameOf: (aspect: string) => string;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}) {
  const t = useTexts(texts);
  const slots = [
    ...new Set(props.found.aspects.flatMap((each) => each.cells.map((cell) => cell.slot))),
  ].sort();
  // Where the whole aspect is undefined, its candidates are for the same reason.
  const undefinedOnes = props.found.aspects.flatMap((each) =>
    each.figure.alpha === null
      ? [{ at: props.nameOf(each.aspect), why: whyOf(each.figure, t) }]
      : each.cells
          .filter((cell) => cell.figure.alpha === null)
          .map((cell) => ({
            at: t.behind(props.nameOf(each.aspect), cell.slot),
            why: whyOf(cell.figure, t),
          })),
  );
  return (
    <>
      <section className="panel">
        <div className="ph">
          <h2 className="sp">{t.alpha}</h2>
          <span className="s t3">{t.alphaNote}</span>
        </div>
        <div
          className={`pb ${classes.grid}`}
          style={{
            gridTemplateColumns: `minmax(250px, 1.6fr) repeat(${slots.length + 1}, minmax(64px, 0.5fr))`,
          }}
        >
          <span />
          <span className={classes.head}>{t.aspect}</span>
          {slots.map((slot) => (
            <span key={slot} className={classes.head}>
              <span className="slot">{slot}</span>
            </span>
          ))}
          {props.found.aspects.map((each) => [
            <div key={each.aspect} className="col" style={{ gap: 0 }}>
              <IntervalRow
                label={<b>{props.nameOf(each.aspect)}</b>}
                value={each.figure.alpha}
                low={each.low}
                high={each.high}
              />
              {each.figure.pairs_agreeing !== null && (
                <span className="s t3">
                  {percent(each.figure.pairs_agreeing)} {t.same}
                </span>
              )}
            </div>,
            <Figure
              key={`${each.aspect} all`}
              figure={each.figure}
              label={props.nameOf(each.aspect)}
              chosen={props.chosen?.aspect === each.aspect && props.chosen.slot === null}
              onChoose={() => props.onChoose({ aspect: each.aspect, slot: null })}
            />,
            ...slots.map((slot) => {
              const cell = each.cells.find((one) => one.slot === slot);
              return cell ? (
                <Figure
                  key={`${each.aspect} ${slot}`}
                  figure={cell.figure}
                  label={t.behind(props.nameOf(each.aspect), slot)}
                  chosen={props.chosen?.aspect === each.aspect && props.chosen.slot === slot}
                  onChoose={() => props.onChoose({ aspect: each.aspect, slot })}
                />
              ) : (
                <span key={`${each.aspect} ${slot}`} />
              );
            }),
          ])}
        </div>
      </section>
      {undefinedOnes.length > 0 && (
        <section className="panel">
          <div className="ph">
            <IconInfoCircle size={16} stroke={1.6} />
            <h2>{t.why}</h2>
          </div>
          <div className="pb col">
            {undefinedOnes.map((each) => (
              <span key={each.at} className="s t2">
                <b>{each.at}.</b> {each.why}
              </span>
            ))}
          </div>
        </section>
      )}
    </>
  );
}

function Differing({ chosen, nameOf }: { chosen: Chosen | null; nameOf: (aspect: string) => string }) {
  const t = useTexts(texts);
  const project = useProject();
  const found = useQuery({
    ...differingQuery(project.slug, chosen?.aspect ?? "", chosen?.slot ?? null),
    enabled: chosen !== null,
  });
  return (
    <section className="panel grow">
      <div className="ph">
        <h2 className="sp">{t.samplesThatDiffer}</h2>
      </div>
      <div className={`pb ${classes.list}`}>
        {chosen === null ? (
          <span className="t2">{t.choose}</span>
        ) : found.isPending ? (
          <Loading rows={4} />
        ) : found.error ? (
          <ErrorPanel error={found.error} retry={() => void found.refetch()} />
        ) : (
          <div className="col">
            <span className="s t2">{t.behind(nameOf(chosen.aspect), chosen.slot)}</span>
            {found.data.results.length === 0 && <span className="t2">{t.noneDiffer}</span>}
            {found.data.results.map((sample) => (
              <Link
                key={sample}
                className="mono"
                to={`/p/${project.slug}/samples/${encodeURIComponent(sample)}`}
              >
                {sample}
              </Link>
            ))}
            {found.data.results.length >= 200 && <span className="s t3">{t.most}</span>}
          </div>
        )}
      </div>
    </section>
  );
}

/** On which aspect and candidate people differ, how sure that figure is, and the samples behind it. */
export function AgreementPage() {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const locale = useLocale();
  const [search, setSearch] = useSearchParams();
  const by: By = search.get("by") === "severity" ? "severity" : "defect";
  const aspect = search.get("aspect");
  const chosen = aspect === null ? null : { aspect, slot: search.get("slot") };
  const found = useQuery(agreementQuery(project.slug, by, search.get("batch")));
  const aspects = useQuery(aspectsQuery(project.slug));
  const nameOf = (key: string): string => {
    const names = aspects.data?.results.find((each) => each.key === key)?.names;
    return names?.[locale === "zh-CN" ? "zh" : "en"] ?? key;
  };
  const choose = (next: Chosen) =>
    setSearch(
      (now) => {
        now.set("aspect", next.aspect);
        if (next.slot) now.set("slot", next.slot);
        else now.delete("slot");
        return now;
      },
      { replace: true },
    );
  return (
    <>
      <PageHeader title={t.title} note={found.data && t.samples(found.data.samples)}>
        <SegmentedControl
          aria-label={t.by}
          value={by}
          onChange={(value) =>
            setSearch(
              (now) => {
                now.set("by", value);
                return now;
              },
              { replace: true },
            )
          }
          data={[
            { value: "defect", label: t.defect },
            { value: "severity", label: t.severity },
          ]}
        />
      </PageHeader>
      {found.isPending ? (
        <section className="panel grow">
          <Loading />
        </section>
      ) : found.error ? (
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      ) : found.data.samples === 0 ? (
        <section className="panel grow">
          <EmptyState
            icon={<IconUsers size={22} />}
            title={t.none}
            action={
              lead && (
                <Button component={Link} to={`/p/${project.slug}/batches/new`} variant="filled">
                  {t.make}
                </Button>
              )
            }
          >
            {t.noneWhy}
          </EmptyState>
        </section>
      ) : (
        <div className={classes.columns}>
          <div>
            <Alphas found={found.data} nameOf={nameOf} chosen={chosen} onChoose={choose} />
          </div>
          <div>
            <Differing chosen={chosen} nameOf={nameOf} />
          </div>
        </div>
      )}
    </>
  );
}
