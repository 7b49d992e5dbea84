import { ActionIcon } from "@mantine/core";
import { IconCircleDot, IconMarquee2, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { Judgement, Region } from "../../../canvas/judgement";
import { Keycap } from "../../../components/Keycap";
import { SeverityGlyph } from "../../../components/SeverityGlyph";
import { useTexts } from "../../../lib/texts";
import { letterOf, type Piece } from "../model/piece";
import { markAt } from "../model/verdicts";
import { texts } from "../texts";
import classes from "./Workspace.module.css";

interface Props {
  readonly piece: Piece;
  readonly judgement: Judgement;
  readonly tags: ReadonlyMap<string, string>;
  readonly selected: string | null;
  readonly armed: boolean;
  readonly onSelect: (id: string) => void;
  readonly onNote: (region: Region, note: string) => void;
  readonly onRemove: (region: Region) => void;
}

function Note({ region, onNote }: { region: Region; onNote: Props["onNote"] }) {
  const t = useTexts(texts);
  const [text, setText] = useState(region.note);
  return (
    <input
      className={classes.note}
      value={text}
      placeholder={t.noteHint}
      aria-label={t.noteHint}
      maxLength={2000}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => text !== region.note && onNote(region, text)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" && event.key !== "Escape") return;
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}

export function RegionPanel({ piece, judgement, tags, selected, armed, ...act }: Props) {
  const t = useTexts(texts);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.regions}</h2>
        <span className="t3 s">{judgement.regions.length || ""}</span>
        <span className="sp" />
        <span className={`row gap2 s ${armed ? "b" : "t2"}`}>
          <Keycap chord="KeyX" />
          {armed ? t.drawing : t.draws}
        </span>
      </div>
      {judgement.regions.length === 0 && <div className="pb s t3">{t.noRegions}</div>}
      {judgement.regions.map((region) => {
        const mark = markAt(judgement, region.slot, region.aspect);
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the note inside takes focus by key; the press only selects
          // biome-ignore lint/a11y/noStaticElementInteractions: as above
          <div
            key={region.id}
            className={classes.region}
            data-on={region.id === selected || undefined}
            onClick={() => act.onSelect(region.id)}
          >
            <span className="slot">{letterOf(piece, region.slot)}</span>
            <span className={`sev ${mark}`}>
              <SeverityGlyph mark={mark} />
              {tags.get(region.id)}
            </span>
            <Note key={region.note} region={region} onNote={act.onNote} />
            {region.id === selected ? (
              <ActionIcon size={22} aria-label={t.removeRegion} onClick={() => act.onRemove(region)}>
                <IconTrash size={14} stroke={1.6} />
              </ActionIcon>
            ) : (
              <span className="t3">
                {region.shape.kind === "point" ? (
                  <IconCircleDot size={15} stroke={1.5} />
                ) : (
                  <IconMarquee2 size={15} stroke={1.5} />
                )}
              </span>
            )}
          </div>
        );
      })}
    </section>
  );
}
