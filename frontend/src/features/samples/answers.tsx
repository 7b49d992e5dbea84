import { MiniMatrix } from "../../components/MiniMatrix";
import type { Mark } from "../../lib/severity";
import type { Sample } from "./api/samples";

/** Answers as the small matrix: a slot in the answer is marked, one outside is none, an open question is not judged. */
export function AnswerMatrix({
  sample,
  aspects,
}: {
  sample: Sample;
  aspects: readonly { key: string; name: string }[];
}) {
  const slots = sample.pictures.map((picture) => picture.slot).filter((slot) => slot !== "O");
  const marks: Mark[][] = aspects.map(({ key }) => {
    const answer = sample.answers[key];
    return slots.map((slot) => (answer === undefined ? "todo" : answer.includes(slot) ? "major" : "none"));
  });
  const label = aspects
    .map(({ key, name }) => `${name}: ${sample.answers[key]?.join(" ") ?? "–"}`)
    .join(", ");
  return <MiniMatrix marks={marks} side={11} label={label} />;
}
