import { useTexts } from "../../lib/texts";
import { texts } from "./texts";

/** An answer: its slots, or the word none. */
export function Slots({ slots }: { slots: readonly string[] }) {
  const t = useTexts(texts);
  if (slots.length === 0) return <span className="t2">{t.noneLetter}</span>;
  return (
    <span className="row" style={{ gap: 2 }}>
      {slots.map((slot) => (
        <span key={slot} className="slot">
          {slot}
        </span>
      ))}
    </span>
  );
}
