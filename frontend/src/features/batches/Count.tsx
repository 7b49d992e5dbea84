import { NumberInput, type NumberInputProps } from "@mantine/core";
import { useState } from "react";

type Props = Omit<NumberInputProps, "value" | "onChange"> & {
  readonly value: number;
  readonly set: (value: number) => void;
};

/** A number that must be there: the field may be empty while one types, and shows the number again when left so. */
export function Count({ value, set, ...rest }: Props) {
  const [empty, setEmpty] = useState(false);
  return (
    <NumberInput
      {...rest}
      value={empty ? "" : value}
      onChange={(typed) => {
        setEmpty(typed === "");
        if (typeof typed === "number") set(typed);
      }}
      onBlur={() => setEmpty(false)}
    />
  );
}
