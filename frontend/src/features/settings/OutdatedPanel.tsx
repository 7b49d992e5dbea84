import { Button, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { ErrorPanel } from "../../components/ErrorPanel";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { aspectsQuery } from "./api/aspects";
import { outdatedQuery, useAskAgain } from "./api/outdated";
import { texts } from "./texts";
import { useNamed } from "./useNamed";

/** What was judged under words that have changed since, and the batch that asks it again. */
export function OutdatedPanel() {
  const t = useTexts(texts);
  const named = useNamed();
  const project = useProject();
  const navigate = useNavigate();
  const outdated = useQuery(outdatedQuery(project.slug));
  const aspects = useQuery(aspectsQuery(project.slug));
  const ask = useAskAgain(project.slug);
  const [wanted, setWanted] = useState(1);
  if (outdated.error) return <ErrorPanel error={outdated.error} retry={() => void outdated.refetch()} />;
  const rows = outdated.data?.results ?? [];
  const open = rows.reduce((sum, row) => sum + row.questions - row.waiting, 0);
  const nameOf = (key: string) => {
    const aspect = aspects.data?.results.find((each) => each.key === key);
    return aspect ? named(aspect.names) : key;
  };
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.outdated}</h2>
      </div>
      <div className="pb col gap5">
        {outdated.isPending ? (
          <span className="t3">{t.counting}</span>
        ) : rows.length === 0 ? (
          <span className="t2">{t.nothingOutdated}</span>
        ) : (
          <>
            <table className="tbl">
              <thead>
                <tr>
                  <th>{t.aspect}</th>
                  <th className="r">{t.questions}</th>
                  <th className="r">{t.askedAgain}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.aspect}>
                    <td>
                      {nameOf(row.aspect)}
                      <br />
                      <span className="t2 s">
                        {t.judgedUnder}{" "}
                        {Object.entries(row.by_version)
                          .map(([version, count]) => `${t.version(Number(version))}: ${number(count)}`)
                          .join(" · ")}
                      </span>
                    </td>
                    <td className="r">{number(row.questions)}</td>
                    <td className="r">{number(row.waiting)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            <span className="s t2">{t.outdatedWhy}</span>
            <div className="row">
              <NumberInput
                size="xs"
                w={130}
                label={t.opinions}
                min={1}
                max={20}
                value={wanted}
                onChange={(value) => setWanted(Number(value) || 1)}
              />
              <span className="sp" />
              <Button
                variant="filled"
                disabled={open === 0}
                loading={ask.isPending}
                onClick={() =>
                  ask.mutate(
                    { aspects: null, wanted, name: "" },
                    { onSuccess: (batch) => navigate(`/p/${project.slug}/batches/${batch.id}`) },
                  )
                }
              >
                {t.askAgain(number(open))}
              </Button>
            </div>
          </>
        )}
        {ask.error && <ErrorPanel error={ask.error} />}
      </div>
    </section>
  );
}
