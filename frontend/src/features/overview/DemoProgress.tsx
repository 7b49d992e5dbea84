import { IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { ProgressLine } from "../../components/ProgressLine";
import { useTexts } from "../../lib/texts";
import { demoQuery } from "./api/demo";
import classes from "./overview.module.css";
import { texts } from "./texts";

/** What the demo is doing meanwhile; gone once it is filled. */
export function DemoProgress({ project }: { project: string }) {
  const t = useTexts(texts);
  const demo = useQuery(demoQuery(project));
  const steps = demo.data?.steps ?? [];
  if (!demo.data || steps.length === 0) return null;
  if (demo.data.finished) return <p className="s t3">{t.demoMadeUp}</p>;
  const failed = steps.some((step) => step.state === "failed");
  return (
    <section className="panel" aria-label={t.demo}>
      <div className="ph">
        <h2>{t.demo}</h2>
      </div>
      <div className={`pb ${classes.steps}`}>
        {steps.map((step) => (
          <div key={step.key} className="col gap2">
            <span className={`row s ${step.state === "waiting" ? "t3" : ""}`}>
              <span className="sp clip">{step.title}</span>
              {step.state === "done" && <IconCheck size={14} className="ok" />}
            </span>
            <ProgressLine
              parts={[
                {
                  value: step.state === "done" ? 1 : step.total > 0 ? step.done / step.total : 0,
                  tone: step.state === "failed" ? "bad" : step.state === "done" ? "ok" : "accent",
                },
              ]}
              total={1}
            />
          </div>
        ))}
      </div>
      {failed && <div className="alert bad">{t.demoFailed}</div>}
    </section>
  );
}
