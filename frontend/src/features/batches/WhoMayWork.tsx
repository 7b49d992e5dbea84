import { Button, MultiSelect, Popover, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asOptions, membersQuery } from "../../api/members";
import { useProject } from "../../api/project";
import { teamsQuery, useTeams } from "../../api/teams";
import { ErrorPanel } from "../../components/ErrorPanel";
import { useTexts } from "../../lib/texts";
import { withTeam } from "./model/form";
import { texts } from "./texts";

interface Props {
  readonly people: readonly string[];
  set(people: string[]): void;
}

/** People one by one or a team with one click. A batch keeps these people, whatever becomes of the team. */
export function WhoMayWork({ people, set }: Props) {
  const t = useTexts(texts);
  const project = useProject();
  const members = useQuery(membersQuery(project.slug));
  const teams = useQuery(teamsQuery(project.slug)).data?.results ?? [];
  return (
    <div className="col gap2">
      <MultiSelect
        label={t.who}
        placeholder={people.length === 0 ? t.whoHint : ""}
        searchable
        data={asOptions(members.data?.results.filter((member) => member.is_active))}
        value={[...people]}
        onChange={set}
      />
      <div className="row wrap">
        {teams.map((team) => (
          <Button
            key={team.id}
            size="compact-sm"
            leftSection={<IconUsers size={13} />}
            disabled={team.people.length === 0}
            aria-pressed={
              team.people.length > 0 && team.people.every((each) => people.includes(String(each)))
            }
            onClick={() => set(withTeam(people, team.people))}
          >
            {t.teamOf(team.name, team.people.length)}
          </Button>
        ))}
        {people.length > 1 && <KeepAsTeam people={people} />}
      </div>
    </div>
  );
}

function KeepAsTeam({ people }: { people: readonly string[] }) {
  const t = useTexts(texts);
  const project = useProject();
  const { make } = useTeams(project.slug);
  const [opened, { toggle, close }] = useDisclosure(false);
  const [name, setName] = useState("");
  const keep = () =>
    make.mutate(
      { name, people: people.map(Number) },
      {
        onSuccess: () => {
          setName("");
          close();
        },
      },
    );
  return (
    <Popover opened={opened} onClose={close} trapFocus withinPortal={false}>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={toggle}>
          {t.keepAsTeam}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="row">
          <TextInput
            aria-label={t.teamName}
            placeholder={t.teamName}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button variant="filled" disabled={name.trim() === ""} loading={make.isPending} onClick={keep}>
            {t.save}
          </Button>
        </div>
        {make.error && <ErrorPanel error={make.error} />}
      </Popover.Dropdown>
    </Popover>
  );
}
