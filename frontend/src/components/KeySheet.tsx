import { Modal } from "@mantine/core";
import { useActiveScopes } from "../lib/commands";
import { useStore } from "../lib/store";
import { defineTexts, useTexts } from "../lib/texts";
import { Keycap } from "./Keycap";
import classes from "./KeySheet.module.css";
import { keySheet } from "./sheet";

const texts = defineTexts(
  {
    title: "Keys that work here",
    hint: "The place of a key counts, not the letter printed on it. In a text field letters are text; keys with Alt still work.",
    or: "or",
  },
  {
    title: "此处可用的按键",
    hint: "以按键的位置为准,而非印刷字母。文本框中字母即为文字;带 Alt 的按键仍然有效。",
    or: "或",
  },
);

/** Reads the same list as the keyboard does, so it cannot be out of date. */
export function KeySheet() {
  const open = useStore(keySheet);
  const scopes = useActiveScopes();
  const t = useTexts(texts);
  return (
    <Modal opened={open} onClose={() => keySheet.set(false)} title={t.title} size="lg">
      <div className={classes.sheet}>
        {scopes.toReversed().map((scope) => (
          <section key={scope.name} className={classes.scope}>
            <h3>{scope.title}</h3>
            {scope.commands
              .filter((each) => each.keys.length > 0)
              .map((each) => (
                <div key={each.name} className={classes.line}>
                  <span className="sp clip">{each.label}</span>
                  {each.keys.map((key) => (
                    <Keycap key={key} chord={key} />
                  ))}
                </div>
              ))}
          </section>
        ))}
      </div>
      <p className="s t3">{t.hint}</p>
    </Modal>
  );
}
