import { Button } from "@mantine/core";
import type { Change } from "../../../canvas/judgement";
import { severityAt } from "../../../canvas/judgement";
import type { JudgementStore } from "../../../canvas/store";
import { Keycap } from "../../../components/Keycap";
import { MiniMatrix } from "../../../components/MiniMatrix";
import { useCommands } from "../../../lib/commands";
import type { Mark } from "../../../lib/severity";
import { useTexts } from "../../../lib/texts";
import type { ClaimedAssignment } from "../api/shapes";
import type { Piece } from "../model/piece";
import { texts } from "../texts";

interface Props {
  readonly piece: Piece;
  readonly suggestion: NonNullable<ClaimedAssignment["suggestion"]>;
  readonly store: JudgementStore;
}

/** Imported verdicts beside one's own, in an assisted batch. They fill in only what is not judged yet. */
export function Suggested({ piece, suggestion, store }: Props) {
  const t = useTexts(texts);
  const fillIn = () => {
    const now = store.get();
    const changes = piece.candidates.flatMap(({ slot }) =>
      piece.aspects.flatMap(({ key }): Change[] => {
        const to = suggestion.cells[slot]?.[key];
        return to && severityAt(now, slot, key) === null
          ? [{ type: "cell", slot, aspect: key, from: null, to }]
          : [];
      }),
    );
    if (changes.length > 0) store.edit({ type: "all", changes });
  };
  useCommands({
    name: "suggested",
    title: t.suggestedScope,
    commands: [{ name: "fill", label: t.fillIn, keys: ["KeyI"], perform: fillIn }],
  });
  return (
    <section className="panel pb row">
      <MiniMatrix
        label={t.imported}
        side={7}
        marks={piece.aspects.map(({ key }) =>
          piece.candidates.map(({ slot }): Mark => suggestion.cells[slot]?.[key] ?? "todo"),
        )}
      />
      <span className="sp s t2">{t.importedBeside}</span>
      <Button size="compact-sm" onClick={fillIn} rightSection={<Keycap chord="KeyI" />}>
        {t.fillIn}
      </Button>
    </section>
  );
}
