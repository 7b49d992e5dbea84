import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type Example, exampleQuery } from "../api/guidelines";
import { isProblem } from "../api/problem";
import { useProject } from "../api/project";
import { useLocale } from "../lib/locale";
import { isSeverity } from "../lib/severity";
import { defineTexts, useTexts } from "../lib/texts";
import classes from "./ExampleCard.module.css";
import { SeverityGlyph } from "./SeverityGlyph";
import { severityTexts } from "./severityTexts";

const texts = defineTexts(
  {
    gone: "This sample cannot be shown.",
    unknown: "There is no sample of this id: remove the example, or add it under the right id.",
    noCandidate: "This sample has no such candidate: remove the example, or add it with another one.",
    remove: "Remove this example",
    original: "Original",
  },
  {
    gone: "无法显示此样本。",
    unknown: "没有此编号的样本：请移除该示例，或用正确的编号重新添加。",
    noCandidate: "此样本没有该候选：请移除该示例，或换一个候选重新添加。",
    remove: "移除此示例",
    original: "原图",
  },
);

/** A sample that shows what a guideline means: the original, one candidate, the verdict it deserves and why. */
export function ExampleCard({ example, remove }: { example: Example; remove?: () => void }) {
  const t = useTexts(texts);
  const said = useTexts(severityTexts);
  const language = useLocale() === "zh-CN" ? "zh" : "en";
  const project = useProject();
  const sample = useQuery(exampleQuery(project.slug, example.sample));
  const severity = isSeverity(example.severity) ? example.severity : "unsure";
  const shown = ["O", example.slot].map((slot) => sample.data?.pictures.find((each) => each.slot === slot));
  return (
    <div className={classes.card}>
      <div className={classes.pair}>
        {shown.map((picture) =>
          picture ? (
            <img
              key={picture.slot}
              src={`${picture.url}?fit=512`}
              alt={picture.slot === "O" ? t.original : picture.slot}
              loading="lazy"
            />
          ) : null,
        )}
      </div>
      {sample.error && (
        <span className="s bad">{isProblem(sample.error, "sample_unknown") ? t.unknown : t.gone}</span>
      )}
      {sample.data && !shown[1] && <span className="s bad">{t.noCandidate}</span>}
      <div className="row gap2">
        <span className={`row gap2 ${severity}`}>
          <SeverityGlyph mark={severity} /> {said[severity]}
        </span>
        <span className="mono s sp clip t3">
          {example.sample}/{example.slot}
        </span>
        {remove && (
          <ActionIcon variant="subtle" size="sm" aria-label={t.remove} onClick={remove}>
            <IconX size={14} />
          </ActionIcon>
        )}
      </div>
      <span className="s t2">{example.note?.[language] || example.note?.en}</span>
    </div>
  );
}
