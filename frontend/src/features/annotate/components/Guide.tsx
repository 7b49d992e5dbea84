import { Button, Modal } from "@mantine/core";
import { memo, useState } from "react";
import { ExampleCard } from "../../../components/ExampleCard";
import { Keycap } from "../../../components/Keycap";
import { useCommands } from "../../../lib/commands";
import { useLocale } from "../../../lib/locale";
import { useTexts } from "../../../lib/texts";
import type { Aspect } from "../model/piece";
import { texts } from "../texts";
import { useGuideWords } from "./guideWords";
import classes from "./Workspace.module.css";

/** What the guideline of this batch says about the aspect in focus; `G` shows its examples. */
export const Guide = memo(function Guide(props: { aspect: Aspect | undefined; version: number }) {
  const { aspect, version } = props;
  const t = useTexts(texts);
  const language = useLocale() === "zh-CN" ? "zh" : "en";
  const [open, setOpen] = useState(false);
  const said = useGuideWords(version, aspect?.key);
  const examples = said?.examples ?? [];
  const show = () => (examples.length > 0 ? setOpen(true) : false);
  useCommands({
    name: "guide",
    title: t.guideline,
    commands: [{ name: "examples", label: t.examples, keys: ["KeyG"], perform: show, keyOnly: true }],
  });
  useCommands(
    {
      name: "guide-examples",
      title: t.examples,
      exclusive: true,
      commands: [
        {
          name: "close",
          label: t.back,
          keys: ["KeyG", "Escape"],
          keyOnly: true,
          perform: () => setOpen(false),
        },
      ],
    },
    open,
  );
  if (!aspect) return null;
  return (
    <section className={`panel ${classes.guide}`}>
      <div className="row">
        <h2>{aspect.name}</h2>
        <span className="sp" />
        <span className="t3 s nw">
          {t.guideline} {version}
        </span>
      </div>
      <p>{said?.text[language] || said?.text.en || aspect.description || t.noDescription}</p>
      {examples.length > 0 && (
        <Button size="compact-sm" mt={6} rightSection={<Keycap chord="KeyG" />} onClick={show}>
          {t.examples} {examples.length}
        </Button>
      )}
      <Modal opened={open} onClose={() => setOpen(false)} title={`${aspect.name} · ${t.examples}`} size={900}>
        <div className={classes.exampleCards}>
          {examples.map((example) => (
            <ExampleCard key={`${example.sample} ${example.slot} ${example.severity}`} example={example} />
          ))}
        </div>
      </Modal>
    </section>
  );
});
