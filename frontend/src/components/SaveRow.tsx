import { Button } from "@mantine/core";
import { ErrorPanel } from "./ErrorPanel";

interface Props {
  /** What the button does, in a word. */
  readonly verb: string;
  readonly saving: { readonly error: Error | null; readonly isPending: boolean };
  readonly disabled?: boolean;
}

/** The foot of a form in a dialog: why it was refused, and the button that sends it. */
export function SaveRow({ verb, saving, disabled = false }: Props) {
  return (
    <>
      {saving.error && <ErrorPanel error={saving.error} />}
      <div className="row">
        <span className="sp" />
        <Button type="submit" variant="filled" loading={saving.isPending} disabled={disabled}>
          {verb}
        </Button>
      </div>
    </>
  );
}
