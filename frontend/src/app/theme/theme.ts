import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
  mergeThemeOverrides,
  type VariantColorsResolver,
} from "@mantine/core";

// The values that are seen come from tokens.css through the resolver below; Mantine computes with these ten.
const blue: MantineColorsTuple = [
  "#e5eefb",
  "#cfdff7",
  "#a5c5f8",
  "#86b1f4",
  "#4f86d6",
  "#2f6bc4",
  "#1c5bb8",
  "#164a98",
  "#123c7b",
  "#0b1a30",
];

// Mantine finds the text's colour from the light shade, whatever the scheme: white on the pale blue of the dark one.
const variantColorResolver: VariantColorsResolver = (input) => {
  const found = defaultVariantColorsResolver(input);
  if (input.variant !== "filled") return found;
  if (input.color === "red") return { ...found, color: "var(--surface)" };
  return !input.color || input.color === "loupe" ? { ...found, color: "var(--on-accent)" } : found;
};

const theme = createTheme({
  variantColorResolver,
  primaryColor: "loupe",
  colors: { loupe: blue },
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--mono)",
  fontSizes: {
    xs: "var(--fs-1)",
    sm: "var(--fs-2)",
    md: "var(--fs-3)",
    lg: "var(--fs-4)",
    xl: "var(--fs-5)",
  },
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  radius: { xs: "3px", sm: "5px", md: "8px", lg: "8px", xl: "8px" },
  defaultRadius: "sm",
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: {
      defaultProps: { size: "sm", variant: "default" },
      vars: (_: unknown, props: { size?: unknown }) => ({
        root:
          props.size === "sm"
            ? {
                "--button-height": "var(--h-ctl)",
                "--button-padding-x": "11px",
                "--button-fz": "var(--fs-3)",
              }
            : {},
      }),
    },
    Input: {
      vars: () => ({
        wrapper: {
          "--input-height": "30px",
          "--input-fz": "var(--fs-3)",
          "--input-bg": "var(--surface)",
          "--input-bd": "var(--line-strong)",
        },
        input: {},
      }),
    },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 28 } },
    TextInput: { defaultProps: { size: "sm" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    NumberInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", allowDeselect: false } },
    MultiSelect: { defaultProps: { size: "sm" } },
    Textarea: { defaultProps: { size: "sm", autosize: true, minRows: 2 } },
    Checkbox: { defaultProps: { size: "xs" } },
    Switch: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 0 },
        overlayProps: { backgroundOpacity: 0.35 },
      },
    },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: "none" } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
  },
});

/** Names of buttons that show a sign only, in the language of the pages. */
export interface ButtonNames {
  readonly close: string;
  readonly clear: string;
  readonly showPassword: string;
}

export const themeWith = (names: ButtonNames): MantineThemeOverride => {
  const closing = { defaultProps: { closeButtonProps: { "aria-label": names.close } } };
  const password = { defaultProps: { visibilityToggleButtonProps: { "aria-label": names.showPassword } } };
  const clearing = { defaultProps: { clearButtonProps: { "aria-label": names.clear } } };
  return mergeThemeOverrides(theme, {
    components: {
      FileInput: clearing,
      Modal: closing,
      MultiSelect: clearing,
      Notification: closing,
      PasswordInput: password,
      Select: clearing,
    },
  });
};

const shared = {
  "--mantine-color-body": "var(--surface)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-bright": "var(--text)",
  "--mantine-color-dimmed": "var(--text-3)",
  "--mantine-color-placeholder": "var(--text-3)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-error": "var(--bad)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--hover)",
  "--mantine-color-default-color": "var(--text)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--text-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--accent)",
  "--mantine-primary-color-filled-hover": "var(--accent-hover)",
  "--mantine-primary-color-light": "var(--accent-soft)",
  "--mantine-primary-color-light-hover": "var(--accent-soft)",
  "--mantine-primary-color-light-color": "var(--accent)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
  "--mantine-color-loupe-filled": "var(--accent)",
  "--mantine-color-loupe-filled-hover": "var(--accent-hover)",
  "--mantine-color-loupe-light": "var(--accent-soft)",
  "--mantine-color-loupe-light-hover": "var(--accent-soft)",
  "--mantine-color-loupe-light-color": "var(--accent)",
  "--mantine-color-loupe-outline": "var(--accent)",
  "--mantine-color-red-filled": "var(--bad)",
  "--mantine-color-red-filled-hover": "color-mix(in srgb, var(--bad) 88%, var(--text))",
  "--mantine-color-red-light": "var(--bad-soft)",
  "--mantine-color-red-light-hover": "var(--bad-soft)",
  "--mantine-color-red-light-color": "var(--bad)",
  "--mantine-color-red-outline": "var(--bad)",
  "--mantine-color-gray-light-hover": "var(--hover)",
  "--mantine-color-gray-light-color": "var(--text-2)",
  "--mantine-line-height": "var(--lh)",
};

/** Mantine's variables take their values from our tokens, which know light and dark themselves. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
