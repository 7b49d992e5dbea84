import { Textarea, TextInput } from "@mantine/core";
import { useTexts } from "../../lib/texts";
import classes from "./settings.module.css";
import { texts } from "./texts";

export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** The same words in English and Chinese, side by side. */
export function Both(props: {
  label: string;
  value: Words;
  onChange?: (value: Words) => void;
  readOnly?: boolean;
  rows?: number;
}) {
  const t = useTexts(texts);
  const field = (language: "en" | "zh", label: string) => {
    const common = {
      label,
      lang: language,
      readOnly: props.readOnly ?? false,
      value: props.value[language],
      onChange: (event: { currentTarget: { value: string } }) =>
        props.onChange?.({ ...props.value, [language]: event.currentTarget.value }),
    };
    return props.rows ? <Textarea autosize minRows={props.rows} {...common} /> : <TextInput {...common} />;
  };
  return (
    <div className={classes.two}>
      {field("en", props.label)}
      {field("zh", t.inChinese(props.label))}
    </div>
  );
}
