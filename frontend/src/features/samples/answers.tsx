import { MiniMatrix } from "../../components/MiniMatrix";
import type { Mark } from "../../lib/severity";
import type { Sample } from "./api/samples";

/** Answers as the small matrix: a slot in the answer is marked, one outside is none, an open question is not judged. */
export function AnswerMatrix({ sample, aspects }: { sample: Sample; aspects: readonly string[] }) {
  const slots = sample.pictures.map((picture) => picture.slot).filter((slot) => slot !== "O");
  const marks: Mark[][] = aspects.map((aspect) => {
    const answer = sample.answers[aspect];
    return slots.map((slot) => (answer === undefined ? "todo" : answer.includes(slot) ? "major" : "none"));
  });
  const label = aspects.map((aspect) => `${aspect}: ${sample.answers[aspect]?.join(" ") ?? "–"}`).join(", ");
  return <MiniMatrix marks={marks} side={11} label={label} />;
}
