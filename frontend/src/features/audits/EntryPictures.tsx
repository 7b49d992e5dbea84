import { useState } from "react";
import { useProject } from "../../api/project";
import { Keycap } from "../../components/Keycap";
import { Stage, type StagePicture } from "../../components/Stage";
import { useViewport } from "../../components/useViewport";
import type { Command } from "../../lib/commands";
import { percent } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { Entry } from "./api/lot";
import classes from "./audits.module.css";
import { texts } from "./texts";

/** How an auditor looks: one zoom for all pictures, a lens, and each candidate against the original at the same pixels. */
export function useLooking(pictures: Entry["pictures"]) {
  const t = useTexts(texts);
  const view = useViewport();
  const [blink, setBlink] = useState(false);
  const [lens, setLens] = useState(false);
  const [original] = pictures;
  const zoom = (factor: number) => original && view.zoom(factor, { slot: original.slot, picture: original });
  const commands: Command[] = [
    {
      name: "blink",
      label: t.blink,
      keys: ["Space"],
      keyOnly: true,
      perform: () => setBlink(true),
      release: () => setBlink(false),
    },
    { name: "lens", label: t.lens, keys: ["KeyL"], perform: () => setLens((on) => !on) },
    { name: "zoom", label: t.zoom, keys: ["KeyZ"], keyOnly: true, perform: () => zoom(1.6) },
    { name: "zoom-out", label: t.zoomOut, keys: ["Shift+KeyZ"], keyOnly: true, perform: () => zoom(1 / 1.6) },
    { name: "fit", label: t.fit, keys: ["Digit0"], perform: view.fit },
  ];
  return { view, blink, lens, commands };
}

/** The pictures of one entry under one viewport; what the rationale concludes has an edge. */
export function EntryPictures({ entry, looking }: { entry: Entry; looking: ReturnType<typeof useLooking> }) {
  const t = useTexts(texts);
  const project = useProject();
  const { view, blink, lens } = looking;
  const shown = (picture: Entry["pictures"][number]): StagePicture => ({
    url: `/api/v1/projects/${project.slug}/pictures/${picture.sha256}`,
    width: picture.width,
    height: picture.height,
  });
  const original = entry.pictures.find((picture) => picture.slot === "O");
  return (
    <div className="col gap5">
      <div className={classes.pictures}>
        {entry.pictures.map((picture) => {
          const name = picture.slot === "O" ? t.original : picture.slot;
          return (
            <div
              key={picture.slot}
              className={`${classes.picture} ${entry.concluded?.includes(picture.slot) ? classes.picked : ""}`}
            >
              <Stage
                picture={shown(picture)}
                label={name}
                name={name}
                view={view.viewOf(picture.slot)}
                onView={(how, alone) => view.change(picture.slot, how, alone)}
                onPointer={(at) => view.seen(picture.slot, picture, at)}
                other={original && picture !== original ? shown(original) : undefined}
                blink={blink && picture !== original}
                lens={lens}
              />
            </div>
          );
        })}
      </div>
      <span className="row s t2">
        <Keycap chord="Space" /> {t.blink}
        <Keycap chord="KeyL" /> {t.lens}
        <Keycap chord="KeyZ" /> {percent(view.shared.zoom)} <Keycap chord="Digit0" />
      </span>
    </div>
  );
}
