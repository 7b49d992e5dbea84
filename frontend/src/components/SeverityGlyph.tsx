import type { Mark } from "../lib/severity";
import { useTexts } from "../lib/texts";
import { severityTexts } from "./severityTexts";

const SHAPES: Readonly<Record<Mark, React.ReactNode>> = {
  none: <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.7" />,
  minor: (
    <>
      <path
        d="M6 1.3 11.2 10.6H.8z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
      />
      <path d="M6 2v8.2H1.6z" fill="currentColor" />
    </>
  ),
  major: <path d="M6 .3 11.7 6 6 11.7.3 6z" fill="currentColor" />,
  unsure: (
    <>
      <circle
        cx="6"
        cy="6"
        r="5.2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeDasharray="2 1.6"
      />
      <path
        d="M4.5 4.7c0-1 .7-1.5 1.5-1.5s1.5.5 1.5 1.3c0 1-1.5 1.1-1.5 2.2M6 8.5v.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeLinecap="round"
      />
    </>
  ),
  todo: <path d="M3 6h6" stroke="currentColor" strokeWidth="1.5" />,
};

/** Ring, half triangle, diamond, question mark, dash: the shape says it, the colour only helps. */
export function SeverityGlyph({ mark, size = 12 }: { mark: Mark; size?: number }) {
  const t = useTexts(severityTexts);
  return (
    <svg width={size} height={size} viewBox="0 0 12 12" role="img" aria-label={t[mark]} overflow="visible">
      {SHAPES[mark]}
    </svg>
  );
}
