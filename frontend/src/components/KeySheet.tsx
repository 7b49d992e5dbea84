import { Modal } from "@mantine/core";
import { Link } from "react-router";
import { useActiveScopes, useCommands } from "../lib/commands";
import { useStore } from "../lib/store";
import { defineTexts, useTexts } from "../lib/texts";
import { Keycap } from "./Keycap";
import classes from "./KeySheet.module.css";
import { keySheet } from "./sheet";

const texts = defineTexts(
  {
    title: "Keys that work here",
    hint: "The place of a key counts, not the letter printed on it. In a text field letters are text; keys with Alt still work.",
    close: "Close",
    own: "Move keys",
  },
  {
    title: "此处可用的按键",
    hint: "以按键的位置为准，而非印刷字母。文本框中字母即为文字；带 Alt 的按键仍然有效。",
    close: "关闭",
    own: "更改按键",
  },
);

const SHEET = "key-sheet";

/** Reads the same list as the keyboard does, so it cannot be out of date. */
export function KeySheet() {
  const open = useStore(keySheet);
  const t = useTexts(texts);
  // Keys of the page below are shown and not obeyed while the sheet lies over it.
  const close = () => keySheet.set(false);
  useCommands(
    {
      name: SHEET,
      title: t.title,
      exclusive: true,
      commands: [{ name: "close", label: t.close, keys: ["?", "Escape"], keyOnly: true, perform: close }],
    },
    open,
  );
  const scopes = useActiveScopes().filter((each) => each.name !== SHEET);
  return (
    <Modal opened={open} onClose={close} title={t.title} size={980}>
      <div className={classes.sheet}>
        {scopes.toReversed().map((scope) => (
          <section key={scope.name} className={classes.scope}>
            <h3>{scope.title}</h3>
            <div className={classes.lines}>
              {scope.commands
                .filter((each) => each.keys.length > 0)
                .map((each) => (
                  <div key={each.name} className={classes.line}>
                    <span className="sp clip">{each.label}</span>
                    {each.keys.map((key) => (
                      <Keycap key={key} chord={key} scope={scope.name} />
                    ))}
                  </div>
                ))}
            </div>
          </section>
        ))}
      </div>
      <p className="s t3">
        {t.hint}{" "}
        <Link to="/account/keys" onClick={close}>
          {t.own}
        </Link>
      </p>
    </Modal>
  );
}
