import { spotlight } from "@mantine/spotlight";
import { Suspense } from "react";
import { Outlet, useMatches, useParams } from "react-router";
import { KeySheet } from "../../components/KeySheet";
import { openKeySheet } from "../../components/sheet";
import { useCommands } from "../../lib/commands";
import { useTexts } from "../../lib/texts";
import type { Handle } from "../routes";
import { Finder } from "./Finder";
import { Header } from "./Header";
import { Navbar } from "./Navbar";
import classes from "./Shell.module.css";
import { texts } from "./texts";

/** Header, navbar and the page. Workspaces that take the whole window stand outside it. */
export function Shell() {
  const { project } = useParams();
  const t = useTexts(texts);
  const rail = useMatches().some((match) => (match.handle as Handle | undefined)?.rail);
  useCommands({
    name: "everywhere",
    title: t.everywhere,
    commands: [
      { name: "find", label: t.findCommand, keys: ["/"], keyOnly: true, perform: () => spotlight.open() },
      { name: "keys", label: t.showKeys, keys: ["?"], perform: openKeySheet },
    ],
  });
  return (
    <div className={classes.app} data-rail={rail || undefined} data-bare={!project || undefined}>
      <Header />
      {project && <Navbar rail={rail} />}
      <main className={classes.main}>
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      <Finder />
      <KeySheet />
    </div>
  );
}
