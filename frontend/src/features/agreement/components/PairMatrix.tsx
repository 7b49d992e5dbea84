import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { percent } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import classes from "../AgreementPage.module.css";
import { type Pair, pairsQuery, type Scope } from "../api/agreement";
import { FLOOR, initials, LEAST_SHARED, span, toneOf, twoDigits } from "../model/figures";
import { texts } from "../texts";

const ALL = "all";
const keyOf = (one: number, other: number): string => (one < other ? `${one},${other}` : `${other},${one}`);

/** People × people: who differs with whom. The chosen pair is told in words and opens its samples. */
export function PairMatrix(props: {
  project: string;
  scope: Scope;
  aspects: readonly string[];
  nameOf: (aspect: string) => string;
  onOpen: (pair: string, aspect: string | null) => void;
}) {
  const t = useTexts(texts);
  const [aspect, setAspect] = useState(ALL);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = useQuery(pairsQuery(props.project, aspect === ALL ? null : aspect, props.scope));
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="nw">{t.pairs}</h2>
        <span className="sp" />
        <Select
          size="xs"
          aria-label={t.aspect}
          value={aspect}
          allowDeselect={false}
          onChange={(value) => setAspect(value ?? ALL)}
          data={[
            { value: ALL, label: t.allAspects },
            ...props.aspects.map((key) => ({ value: key, label: props.nameOf(key) })),
          ]}
          w={180}
        />
      </div>
      <div className="pb">
        {found.isPending ? (
          <Loading rows={5} />
        ) : found.error ? (
          <ErrorPanel error={found.error} retry={() => void found.refetch()} />
        ) : found.data.pairs.length === 0 ? (
          <p className="t2">{t.noPairs}</p>
        ) : (
          <Triangle
            pairs={found.data.pairs}
            names={found.data.names}
            chosen={chosen}
            onChoose={setChosen}
            onOpen={(pair) => props.onOpen(pair, aspect === ALL ? null : aspect)}
          />
        )}
        {found.data && found.data.left_out > 0 && (
          <p className="s t3">{t.pairsLeftOut(found.data.left_out)}</p>
        )}
      </div>
    </section>
  );
}

interface TriangleProps {
  readonly pairs: readonly Pair[];
  readonly names: Readonly<Record<string, string>>;
  readonly chosen: string | null;
  readonly onChoose: (pair: string) => void;
  readonly onOpen: (pair: string) => void;
}

/** The lower triangle, those who differ most at the bottom so that their rows stand together. */
function Triangle({ pairs, names, chosen, onChoose, onOpen }: TriangleProps) {
  const t = useTexts(texts);
  const byKey = new Map(pairs.map((pair) => [keyOf(pair.one, pair.other), pair]));
  const known = (pair: Pair) => pair.samples >= LEAST_SHARED && pair.alpha !== null;
  const lows = (person: number) =>
    pairs.filter(
      (pair) => (pair.one === person || pair.other === person) && known(pair) && (pair.alpha ?? 1) < FLOOR,
    ).length;
  const people = [...new Set(pairs.flatMap((pair) => [pair.one, pair.other]))].toSorted(
    (a, b) => lows(a) - lows(b) || a - b,
  );
  const worst = pairs.filter(known).toSorted((a, b) => (a.alpha ?? 1) - (b.alpha ?? 1))[0];
  const at = chosen ?? (worst ? keyOf(worst.one, worst.other) : null);
  const told = at === null ? undefined : byKey.get(at);
  const name = (id: number) => names[String(id)] ?? "";
  const side = people.length > 20 ? 12 : people.length > 12 ? 17 : 24;
  return (
    <div className={classes.pairs}>
      <div
        className={classes.triangle}
        style={{
          gridTemplateColumns: `2.4em repeat(${people.length - 1}, ${side}px)`,
          gridAutoRows: `${side}px`,
        }}
      >
        {people.map((row, down) => (
          <div key={row} style={{ display: "contents" }}>
            <span className={classes.who} title={name(row)} style={{ gridColumn: 1, gridRow: down + 1 }}>
              {initials(name(row))}
            </span>
            {people.slice(0, down).map((column, across) => {
              const pair = byKey.get(keyOf(row, column));
              const place = { gridColumn: across + 2, gridRow: down + 1 };
              if (!pair || !known(pair))
                return (
                  <span
                    key={column}
                    className={classes.pair}
                    data-tone="few"
                    title={t.fewShared(name(row), name(column), pair?.samples ?? 0)}
                    style={place}
                  />
                );
              const tone = toneOf(pair.alpha, "defect");
              return (
                <button
                  key={column}
                  type="button"
                  className={classes.pair}
                  data-tone={tone}
                  style={place}
                  aria-pressed={at === keyOf(row, column)}
                  aria-label={`${name(row)} × ${name(column)}: ${twoDigits(pair.alpha ?? 0)}`}
                  title={`${name(row)} × ${name(column)}: ${twoDigits(pair.alpha ?? 0)}`}
                  onClick={() => onChoose(keyOf(row, column))}
                  onDoubleClick={() => onOpen(keyOf(row, column))}
                />
              );
            })}
          </div>
        ))}
        {people.slice(0, -1).map((column, across) => (
          <span
            key={column}
            className={classes.who}
            title={name(column)}
            style={{ gridColumn: across + 2, gridRow: people.length + 1, justifyContent: "center" }}
          >
            {side >= 17 ? initials(name(column)) : ""}
          </span>
        ))}
      </div>
      {told && <Told pair={told} name={name} onOpen={() => onOpen(keyOf(told.one, told.other))} />}
      <div className={classes.legend}>
        {(["low", "some", "good", "high", "few"] as const).map((tone) => (
          <span key={tone}>
            <i className={classes.pair} data-tone={tone} /> {t.tones[tone]}
          </span>
        ))}
      </div>
    </div>
  );
}

function Told({ pair, name, onOpen }: { pair: Pair; name: (id: number) => string; onOpen: () => void }) {
  const t = useTexts(texts);
  const low = pair.alpha !== null && pair.alpha < FLOOR;
  return (
    <div className={classes.told}>
      <b>
        {name(pair.one)} × {name(pair.other)}
      </b>
      <span>
        <span className={`fig ${low ? "warn" : ""}`}>
          {low && "! "}
          {pair.alpha === null ? t.undefined : twoDigits(pair.alpha)}
        </span>{" "}
        <span className="t2">{span(pair.low, pair.high)}</span>
      </span>
      <span className="s t2">
        {t.shared(pair.samples, pair.differing)}
        {pair.difference &&
          ` ${t.saysWhere(
            name(pair.one),
            t.said[pair.difference.one as keyof typeof t.said],
            name(pair.other),
            t.said[pair.difference.other as keyof typeof t.said],
            percent(pair.difference.share),
          )}`}
      </span>
      {pair.differing > 0 && (
        <Button size="compact-sm" onClick={onOpen} style={{ alignSelf: "flex-start" }}>
          {t.open(pair.differing)}
        </Button>
      )}
    </div>
  );
}
