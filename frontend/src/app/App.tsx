import { useState } from "react";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { whenSignedOut } from "../api/client";
import { createQueryClient } from "../api/queryClient";
import { Providers } from "./Providers";
import { routes } from "./routes";
import { toSignIn } from "./signedOut";

function start() {
  const router = createBrowserRouter(routes);
  const client = createQueryClient();
  whenSignedOut(() => toSignIn(router, client));
  return { router, client };
}

export function App() {
  const [{ router, client }] = useState(start);
  return (
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>
  );
}
