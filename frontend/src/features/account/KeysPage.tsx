import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useSaveKeys, useSession } from "../../api/session";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Keycap } from "../../components/Keycap";
import { PageHeader } from "../../components/PageHeader";
import type { KeyMap, PageKeys } from "../../lib/commands";
import { useTexts } from "../../lib/texts";
import { layoutQuery } from "./api/keyboard";
import { Keyboard } from "./Keyboard";
import classes from "./keys.module.css";
import { MoveKey } from "./MoveKey";
import { type Held, isFixed, keysOf, reset } from "./model/moving";
import { Tabs } from "./Tabs";
import { texts } from "./texts";

/** Which key does what on which page (`scopes`, in this order), and moving it. What is kept here holds in every browser. */
export function KeysPage({ scopes }: { scopes: Readonly<Record<string, PageKeys>> }) {
  const t = useTexts(texts);
  const own: KeyMap = useSession().data?.user.keys ?? {};
  const save = useSaveKeys();
  const layout = useQuery(layoutQuery).data ?? {};
  const [picked, setPicked] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const page = picked ?? Object.keys(scopes)[0] ?? "";
  const scope = scopes[page];
  if (scope === undefined) return null;
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
              data={Object.entries(scopes).map(([value, { title }]) => ({ value, label: title }))}
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
