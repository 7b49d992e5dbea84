import { defineTexts, useTexts } from "../lib/texts";
import classes from "./SandboxTag.module.css";

const texts = defineTexts(
  {
    sandbox: "sandbox",
    why: "Made by the sandbox, which is no model. Releases leave it out unless told otherwise.",
  },
  { sandbox: "沙盒", why: "由沙盒生成，并非真实模型。除非另行指定，发布版不包含它。" },
);

/** Looks like sandbox in every list. */
export function SandboxTag() {
  const t = useTexts(texts);
  return (
    <span className={classes.tag} title={t.why}>
      {t.sandbox}
    </span>
  );
}
