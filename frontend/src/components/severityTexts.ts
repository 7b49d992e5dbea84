import { defineTexts } from "../lib/texts";

export const severityTexts = defineTexts(
  { none: "none", minor: "minor", major: "major", unsure: "unsure", todo: "not judged" },
  { none: "无", minor: "轻微", major: "严重", unsure: "不确定", todo: "未判定" },
);
