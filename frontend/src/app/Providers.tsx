import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { listenForCommands } from "../lib/commands";
import { styleNonce } from "./nonce";
import { cssVariablesResolver, theme } from "./theme/theme";

export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
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
