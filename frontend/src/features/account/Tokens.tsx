import { Button, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CopyLink } from "../../components/CopyLink";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { day } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { type Token, tokensQuery, useTokens } from "./api/tokens";
import { texts } from "./texts";

function Make({ create }: { create: ReturnType<typeof useTokens>["create"] }) {
  const t = useTexts(texts);
  const form = useForm({
    initialValues: { name: "" },
    validate: { name: (name) => (name.trim() ? null : t.needed) },
  });
  return (
    <>
      <form
        className="row"
        onSubmit={form.onSubmit(({ name }) => create.mutate(name.trim(), { onSuccess: () => form.reset() }))}
      >
        <TextInput
          className="sp"
          aria-label={t.tokenName}
          placeholder={`${t.tokenName}: ${t.tokenHint}`}
          maxLength={80}
          {...form.getInputProps("name")}
        />
        <Button type="submit" variant="filled" loading={create.isPending}>
          {t.create}
        </Button>
      </form>
      {create.error && <ErrorPanel error={create.error} />}
      {create.data && (
        <div className="alert ok" role="status">
          <div className="col sp">
            <span>
              <b>{create.data.name}.</b> {t.secretOnce}
            </span>
            <CopyLink url={create.data.secret} label={t.secret} />
            <span className="s t2">
              {t.secretUse} <code className="mono">Authorization: Bearer lpt_…</code>
            </span>
            <span>
              <Button size="compact-sm" onClick={() => create.reset()}>
                {t.hide}
              </Button>
            </span>
          </div>
        </div>
      )}
    </>
  );
}

function Rows({ rows, onRevoke }: { rows: readonly Token[]; onRevoke: (token: Token) => void }) {
  const t = useTexts(texts);
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t.name}</th>
          <th>{t.made}</th>
          <th>{t.state}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td className="clip">
              <b>{row.name}</b>
            </td>
            <td className="t2 nw">{day(row.created_at)}</td>
            <td className="nw">
              {row.revoked_at ? (
                <span className="t3">
                  {t.revoked} {day(row.revoked_at)}
                </span>
              ) : (
                <span className="badge ok">{t.live}</span>
              )}
            </td>
            <td className="r">
              {!row.revoked_at && (
                <Button size="compact-sm" onClick={() => onRevoke(row)}>
                  {t.revoke}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Keys for programs that act as this person. */
export function Tokens() {
  const t = useTexts(texts);
  const tokens = useQuery(tokensQuery);
  const { create, revoke } = useTokens();
  const [leaving, setLeaving] = useState<Token | null>(null);
  if (tokens.isPending) return <Loading />;
  if (tokens.error) return <ErrorPanel error={tokens.error} retry={() => void tokens.refetch()} />;
  const rows = tokens.data.results;
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.tokens}</h2>
      </div>
      <div className="pb col gap5">
        <p className="t2">{t.tokensWhy}</p>
        <Make create={create} />
        {revoke.error && <ErrorPanel error={revoke.error} />}
        {rows.length === 0 ? (
          <p className="t3">
            {t.noTokens} {t.noTokensWhy}
          </p>
        ) : (
          <Rows rows={rows} onRevoke={setLeaving} />
        )}
      </div>
      <ConfirmDialog
        opened={leaving !== null}
        close={() => setLeaving(null)}
        title={t.revoke}
        why={leaving ? t.sure(leaving.name) : ""}
        keep={t.cancel}
        perform={t.revoke}
        onPerform={() => leaving && revoke.mutate(leaving.id)}
      />
    </section>
  );
}
