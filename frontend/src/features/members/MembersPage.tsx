import { Button, Select, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type Member, membersQuery } from "../../api/members";
import { useProject } from "../../api/project";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { CopyLink } from "../../components/CopyLink";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { PageHeader } from "../../components/PageHeader";
import { SettingsTabs } from "../../components/SettingsTabs";
import { day } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import { invitationsQuery, type RoleWord, useInvitations, useMembers } from "./api/members";
import { Teams } from "./Teams";
import { texts } from "./texts";

const ROLES: readonly RoleWord[] = ["annotator", "reviewer", "lead"];

function Members() {
  const t = useTexts(texts);
  const project = useProject();
  const members = useQuery(membersQuery(project.slug));
  const { change, remove } = useMembers(project.slug);
  const [leaving, setLeaving] = useState<Member | null>(null);
  if (members.isPending) return <Loading />;
  if (members.error) return <ErrorPanel error={members.error} retry={() => void members.refetch()} />;
  const roles = ROLES.map((role) => ({ value: role, label: t[role] }));
  return (
    <section className="panel">
      <div className="pb" style={{ paddingTop: 11 }}>
        <table className="tbl">
          <thead>
            <tr>
              <th>{t.name}</th>
              <th>{t.username}</th>
              <th>{t.role}</th>
              <th>{t.joined}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {members.data.results.map((member) => (
              <tr key={member.user_id}>
                <td>
                  <b>{member.name || member.username}</b>{" "}
                  {!member.is_active && <span className="badge">{t.inactive}</span>}
                </td>
                <td className="mono t2">{member.username}</td>
                <td>
                  <Select
                    size="xs"
                    aria-label={t.role}
                    allowDeselect={false}
                    data={roles}
                    value={member.role}
                    onChange={(role) =>
                      role && change.mutate({ user: member.user_id, role: role as RoleWord })
                    }
                  />
                </td>
                <td className="t2">{day(member.joined_at)}</td>
                <td className="r">
                  <Button size="compact-sm" onClick={() => setLeaving(member)}>
                    {t.remove}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {change.error && <ErrorPanel error={change.error} />}
        {remove.error && <ErrorPanel error={remove.error} />}
      </div>
      <ConfirmDialog
        opened={leaving !== null}
        close={() => setLeaving(null)}
        title={t.remove}
        why={leaving ? t.sure(leaving.name || leaving.username) : ""}
        keep={t.cancel}
        perform={t.remove}
        onPerform={() => leaving && remove.mutate(leaving.user_id)}
      />
    </section>
  );
}

function Invitations() {
  const t = useTexts(texts);
  const project = useProject();
  const invitations = useQuery(invitationsQuery(project.slug));
  const { invite, revoke } = useInvitations(project.slug);
  const form = useForm<{ role: RoleWord; note: string }>({ initialValues: { role: "annotator", note: "" } });
  const now = Date.now();
  const open = (invitations.data?.results ?? []).filter(
    (each) => !each.accepted_at && !each.revoked_at && new Date(each.expires_at).getTime() > now,
  );
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.invite}</h2>
      </div>
      <div className="pb col gap5">
        <p className="t2">{t.inviteWhy}</p>
        <form className="row" onSubmit={form.onSubmit((body) => invite.mutate(body))}>
          <Select
            aria-label={t.role}
            allowDeselect={false}
            data={ROLES.map((role) => ({ value: role, label: t[role] }))}
            {...form.getInputProps("role")}
          />
          <TextInput className="sp" aria-label={t.for} placeholder={t.for} {...form.getInputProps("note")} />
          <Button type="submit" variant="filled" loading={invite.isPending}>
            {t.make}
          </Button>
        </form>
        {invite.error && <ErrorPanel error={invite.error} />}
        {invite.data && <CopyLink url={invite.data.url} label={t.invite} />}
        <h3>{t.open}</h3>
        {open.length === 0 && <span className="t3">{t.none}</span>}
        {open.map((each) => (
          <div key={each.id} className="row">
            <b>{t[each.role]}</b>
            <span className="sp clip t2">{each.note}</span>
            <span className="s t3">
              {t.until} {day(each.expires_at)}
            </span>
            <Button size="compact-sm" onClick={() => revoke.mutate(each.id)}>
              {t.revoke}
            </Button>
          </div>
        ))}
      </div>
    </section>
  );
}

/** Who is in the project, and links by which others join. */
export function MembersPage() {
  const t = useTexts(texts);
  return (
    <>
      <PageHeader title={t.settings} />
      <SettingsTabs />
      <Members />
      <Teams />
      <Invitations />
    </>
  );
}
