import { Button, NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate } from "react-router";
import { useMay, useProject } from "../../../api/project";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { number } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { Person } from "../api/people";
import { aloneQuery, useSecondOpinions } from "../api/secondOpinions";
import classes from "../People.module.css";
import { texts } from "../texts";

interface Props {
  readonly person: Person;
  readonly nameOf: (aspect: string) => string;
}

/** What this person alone has said, and the batch in which others say it again. */
export function SecondOpinions({ person, nameOf }: Props) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  const lead = useMay("lead");
  const user = person.figures.user_id;
  const alone = useQuery({ ...aloneQuery(project.slug, user), enabled: lead });
  const ask = useSecondOpinions(project.slug, user);
  const [aspect, setAspect] = useState<string | null>(null);
  const [most, setMost] = useState<number | "">("");
  const key = useRef(crypto.randomUUID());
  if (!lead || !alone.data) return null;
  const { pieces, by_aspect } = alone.data;
  const all = aspect === null ? pieces : (by_aspect[aspect] ?? 0);
  const asked = most === "" ? all : Math.min(most, all);
  const start = () =>
    ask.mutate(
      { key: key.current, aspects: aspect === null ? null : [aspect], most: most === "" ? null : most },
      {
        onSuccess: (batch) => void navigate(`/p/${project.slug}/batches/${batch.id}`),
        onError: () => {
          key.current = crypto.randomUUID();
        },
      },
    );
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.second}</h2>
      </div>
      <div className={`pb col ${classes.item}`}>
        <p className="s t2">{pieces === 0 ? t.nothingAlone : t.alone(pieces)}</p>
        {pieces > 0 && (
          <div className="row wrap">
            <Select
              className="sp"
              miw={150}
              size="xs"
              aria-label={t.aspect}
              placeholder={t.allAspects}
              clearable
              data={Object.entries(by_aspect).map(([value, count]) => ({
                value,
                label: `${nameOf(value)} · ${number(count)}`,
              }))}
              value={aspect}
              onChange={setAspect}
            />
            <NumberInput
              size="xs"
              w={84}
              aria-label={t.mostPieces}
              placeholder={number(all)}
              min={1}
              max={all}
              value={most}
              onChange={(value) => setMost(typeof value === "number" ? value : "")}
            />
            <Button size="xs" loading={ask.isPending} disabled={asked === 0} onClick={start}>
              {t.askSecond(number(asked))}
            </Button>
          </div>
        )}
        {ask.error && <ErrorPanel error={ask.error} />}
      </div>
    </section>
  );
}
