import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo } from "react";
import { listenForCommands } from "../lib/commands";
import { useTexts } from "../lib/texts";
import { styleNonce } from "./nonce";
import { texts } from "./texts";
import { cssVariablesResolver, themeWith } from "./theme/theme";

export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  const { buttons } = useTexts(texts);
  const theme = useMemo(() => themeWith(buttons), [buttons]);
  useEffect(() => listenForCommands(), []);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" transitionDuration={0} limit={3} />
        {children}
      </QueryClientProvider>
    </MantineProvider>
  );
}
