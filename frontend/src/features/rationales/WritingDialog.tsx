import { Checkbox, MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { aspectsQuery, useAspectName } from "../../api/aspects";
import { useProject } from "../../api/project";
import { Dialog } from "../../components/Dialog";
import { SaveRow } from "../../components/SaveRow";
import { useTexts } from "../../lib/texts";
import { useMakeWriting } from "./api/handwork";
import { MadeBatch, useMade } from "./MadeBatch";
import { texts } from "./texts";

/** A batch in which people write rationales by hand. */
export function WritingDialog({ close }: { close: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const aspectName = useAspectName();
  const aspects = useQuery(aspectsQuery(project.slug));
  const make = useMakeWriting(project.slug);
  const [name, setName] = useState<string>(t.writingTitle);
  const [chosen, setChosen] = useState<string[]>([]);
  const [most, setMost] = useState<number | string>(20);
  const [alsoOpen, setAlsoOpen] = useState(false);
  const { made, take } = useMade();
  if (made)
    return (
      <Dialog onClose={close} title={t.writing}>
        <div className="col gap5">
          <MadeBatch made={made} />
        </div>
      </Dialog>
    );
  return (
    <Dialog onClose={close} title={t.writing}>
      <form
        className="col gap6"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(
            {
              name,
              scope: { aspects: chosen, limit: typeof most === "number" ? most : null },
              also_open: alsoOpen,
            },
            { onSuccess: take },
          );
        }}
      >
        <p className="t2">{t.writingWhy}</p>
        <TextInput
          label={t.batchName}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          label={t.aspects}
          placeholder={chosen.length === 0 ? t.allAspects : ""}
          value={chosen}
          onChange={setChosen}
          data={(aspects.data?.results ?? []).map((each) => ({
            value: each.key,
            label: aspectName(each.key),
          }))}
        />
        <NumberInput label={t.most} min={1} value={most} onChange={setMost} />
        <Checkbox
          label={t.alsoOpen}
          description={t.alsoOpenWhy}
          checked={alsoOpen}
          onChange={(event) => setAlsoOpen(event.currentTarget.checked)}
        />
        <SaveRow verb={t.makeIt} saving={make} disabled={name.trim() === ""} />
      </form>
    </Dialog>
  );
}
