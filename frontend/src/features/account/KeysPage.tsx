import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSaveKeys, useSession } from "../../api/session";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { PageHeader } from "../../components/PageHeader";
import { type KeyMap, seenScopes } from "../../lib/commands";
import { useStore } from "../../lib/store";
import { useTexts } from "../../lib/texts";
import { layoutQuery } from "./api/keyboard";
import { Keyboard } from "./Keyboard";
import classes from "./keys.module.css";
import { MoveKey } from "./MoveKey";
import { type Held, isFixed, keysOf, reset } from "./model/moving";
import { Tabs } from "./Tabs";
import { texts } from "./texts";

const FIRST = ["annotate", "rationale", "explorer", "audit", "adjudicate", "review"];

/** Which key does what on which page, and moving it. What is kept here holds in every browser. */
export function KeysPage() {
  const t = useTexts(texts);
  const scopes = useStore(seenScopes);
  const own: KeyMap = useSession().data?.user.keys ?? {};
  const save = useSaveKeys();
  const layout = useQuery(layoutQuery).data ?? {};
  const pages = Object.keys(scopes)
    .filter((name) => scopes[name]?.commands.some((each) => each.keys.some((key) => !isFixed(key))))
    .toSorted((a, b) => (FIRST.indexOf(a) + 1 || 99) - (FIRST.indexOf(b) + 1 || 99) || a.localeCompare(b));
  const [picked, setPicked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const page = picked ?? pages[0];
  const scope = page === undefined ? undefined : scopes[page];
  if (page === undefined || scope === undefined)
    return (
      <>
        <PageHeader title={t.title} />
        <Tabs />
        <EmptyState title={t.noPagesYet}>{t.noPagesHint}</EmptyState>
      </>
    );
  const keys = keysOf(page, scope, own);
  const held = keys.find((each) => each.ours === chosen) ?? null;
  const ownCount = Object.values(own).reduce((sum, moved) => sum + Object.keys(moved).length, 0);
  const choose = (each: Held) => setChosen(each.ours);
  return (
    <>
      <PageHeader title={t.title} />
      <Tabs />
      {save.error && <ErrorPanel error={save.error} />}
      <div className={classes.columns}>
        <section className="panel">
          <div className="ph">
            <h2>{t.yourKeys}</h2>
            <Select
              aria-label={t.page}
              allowDeselect={false}
              searchable
              value={page}
              data={pages.map((name) => ({ value: name, label: scopes[name]?.title ?? name }))}
              onChange={(name) => {
                setPicked(name);
                setChosen(null);
              }}
            />
            <span className="sp" />
            <span className="s t3">{t.capsAsPrinted}</span>
          </div>
          <div className="pb">
            <Keyboard keys={keys} layout={layout} chosen={held} choose={choose} />
            <p className="s t3">{t.placeCounts}</p>
          </div>
        </section>
        <MoveKey
          key={`${page} ${chosen}`}
          page={page}
          scope={scope}
          own={own}
          held={held}
          saving={save.isPending}
          save={(map) => save.mutate(map)}
        />
      </div>
      <section className="panel">
        <div className="ph">
          <h2>{scope.title}</h2>
          <span className="s t3 sp">{t.ownOf(ownCount)}</span>
          <Button
            size="compact-sm"
            disabled={own[page] === undefined || save.isPending}
            onClick={() => save.mutate(reset(own, page))}
          >
            {t.resetPage}
          </Button>
          <Button
            size="compact-sm"
            disabled={ownCount === 0 || save.isPending}
            onClick={() => save.mutate(reset(own))}
          >
            {t.resetAll}
          </Button>
        </div>
        <ul className={classes.list}>
          {keys.map((each) => (
            <li key={each.ours}>
              <button
                type="button"
                className={classes.line}
                aria-pressed={each.ours === chosen}
                disabled={isFixed(each.ours)}
                onClick={() => choose(each)}
              >
                <span className="sp clip">{each.label}</span>
                {each.now !== each.ours && <span className={classes.was}>{t.own}</span>}
                <Keycap chord={each.now} exact />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
