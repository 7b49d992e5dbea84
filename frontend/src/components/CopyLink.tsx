import { Button, CopyButton, TextInput } from "@mantine/core";
import { defineTexts, useTexts } from "../lib/texts";

const texts = defineTexts({ copy: "Copy", copied: "Copied" }, { copy: "复制", copied: "已复制" });

/** A link that is shown this once, with a button that copies it. */
export function CopyLink({ url, label }: { url: string; label: string }) {
  const t = useTexts(texts);
  return (
    <div className="row">
      <TextInput
        className="sp"
        aria-label={label}
        readOnly
        value={url}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton value={url}>
        {({ copied, copy }) => <Button onClick={copy}>{copied ? t.copied : t.copy}</Button>}
      </CopyButton>
    </div>
  );
}
