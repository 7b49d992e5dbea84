import { Button, MultiSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asOptions, membersQuery } from "../../api/members";
import { useProject } from "../../api/project";
import { type Team, teamsQuery, useTeams } from "../../api/teams";
import { ErrorPanel } from "../../components/ErrorPanel";
import { useTexts } from "../../lib/texts";
import { texts } from "./texts";

interface LineProps {
  readonly team: Team | null;
  readonly options: { value: string; label: string }[];
}

/** One team; null is the one to be made. What is typed counts when it is saved. */
function Line({ team, options }: LineProps) {
  const t = useTexts(texts);
  const { make, change, dissolve } = useTeams(useProject().slug);
  const [name, setName] = useState(team?.name ?? "");
  const [people, setPeople] = useState<string[]>(team?.people.map(String) ?? []);
  const body = { name: name.trim(), people: people.map(Number) };
  const changed = team === null || body.name !== team.name || people.join() !== team.people.join();
  const save = () => {
    if (team) change.mutate({ id: team.id, ...body });
    else
      make.mutate(body, {
        onSuccess: () => {
          setName("");
          setPeople([]);
        },
      });
  };
  const error = make.error ?? change.error ?? dissolve.error;
  return (
    <>
      <div className="row t">
        <TextInput
          aria-label={t.teamName}
          placeholder={t.teamName}
          maxLength={80}
          w={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <MultiSelect
          className="sp"
          aria-label={t.teamPeople}
          placeholder={people.length === 0 ? t.teamPeople : ""}
          searchable
          data={options}
          value={people}
          onChange={setPeople}
        />
        <Button
          disabled={!changed || body.name === ""}
          loading={make.isPending || change.isPending}
          onClick={save}
        >
          {team ? t.save : t.makeTeam}
        </Button>
        {team && (
          <Button variant="subtle" color="red" onClick={() => dissolve.mutate(team.id)}>
            {t.dissolve}
          </Button>
        )}
      </div>
      {error && <ErrorPanel error={error} />}
    </>
  );
}

/** Members under one name, to be chosen with one click where work is given out. */
export function Teams() {
  const t = useTexts(texts);
  const project = useProject();
  const teams = useQuery(teamsQuery(project.slug));
  const members = useQuery(membersQuery(project.slug));
  const options = asOptions(members.data?.results);
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.teams}</h2>
        <span className="s t3">{t.teamsWhy}</span>
      </div>
      <div className="pb col">
        {teams.error && <ErrorPanel error={teams.error} retry={() => void teams.refetch()} />}
        {teams.data?.results.map((each) => (
          <Line key={`${each.id} ${each.name} ${each.people.join()}`} team={each} options={options} />
        ))}
        <Line team={null} options={options} />
      </div>
    </section>
  );
}
