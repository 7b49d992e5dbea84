import { Button, Checkbox, Modal, NumberInput, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useProject } from "../../api/project";
import { EmptyState } from "../../components/EmptyState";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { SandboxTag } from "../../components/SandboxTag";
import { useTexts } from "../../lib/texts";
import { optionsQuery, type RunRow, releasesQuery, useStartRun } from "./api/runs";
import { texts } from "./texts";

interface Props {
  readonly opened: boolean;
  /** The release that the person came from. */
  readonly release: string | null;
  readonly onClose: () => void;
  readonly onStarted: (run: RunRow) => void;
}

function Form({ release: from, onClose, onStarted }: Omit<Props, "opened">) {
  const t = useTexts(texts);
  const project = useProject();
  const options = useQuery(optionsQuery(project.slug));
  const releases = useQuery(releasesQuery(project.slug));
  const start = useStartRun(project.slug);
  const [release, setRelease] = useState<string | null>(from);
  const [recipe, setRecipe] = useState<string | null>(null);
  const [endpoint, setEndpoint] = useState<string | null | undefined>(undefined);
  const [seed, setSeed] = useState<number>(0);
  const [smoke, setSmoke] = useState(false);
  const failed = options.error ?? releases.error;
  if (failed) return <ErrorPanel error={failed} />;
  if (!options.data || !releases.data) return <Loading rows={4} />;
  const names = releases.data.results.map((each) => each.name);
  if (names.length === 0)
    return (
      <EmptyState
        title={t.noRelease}
        action={
          <Button component={Link} to={`/p/${project.slug}/releases`} variant="filled">
            {t.toReleases}
          </Button>
        }
      />
    );
  const { recipes, endpoints } = options.data;
  // Until the person chooses: the newest release, the smallest recipe, the sandbox where there is one.
  const chosen = {
    release: release ?? names[0] ?? "",
    recipe: recipe ?? recipes.find((each) => each === "tiny-cpu") ?? recipes[0] ?? "",
    endpoint: endpoint === undefined ? (endpoints.find((each) => each.sandbox)?.id ?? null) : endpoint,
  };
  const sandbox = endpoints.find((each) => each.id === chosen.endpoint)?.sandbox ?? false;
  const submit = () =>
    start.mutate(
      {
        run: { release: chosen.release, recipe: chosen.recipe, seed, smoke, endpoint_id: chosen.endpoint },
        key: crypto.randomUUID(),
      },
      { onSuccess: onStarted },
    );
  return (
    <form
      className="col gap6"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Select
        label={t.release}
        data={names}
        value={chosen.release}
        onChange={setRelease}
        allowDeselect={false}
      />
      <Select
        label={t.recipe}
        data={recipes}
        value={chosen.recipe}
        onChange={setRecipe}
        allowDeselect={false}
      />
      <Select
        label={
          <span className="row">
            {t.endpoint} {sandbox && <SandboxTag />}
          </span>
        }
        description={chosen.endpoint ? t.cost : undefined}
        placeholder={t.noEndpoint}
        data={endpoints.map((each) => ({ value: each.id, label: each.name }))}
        value={chosen.endpoint}
        onChange={setEndpoint}
        clearable
      />
      <NumberInput
        label={t.seed}
        value={seed}
        onChange={(value) => setSeed(Number(value) || 0)}
        min={0}
        max={2_000_000_000}
        allowDecimal={false}
      />
      <Checkbox
        label={t.smoke}
        description={t.smokeWhy}
        checked={smoke}
        onChange={(event) => setSmoke(event.currentTarget.checked)}
      />
      {start.error && <ErrorPanel error={start.error} />}
      <div className="row">
        <span className="sp" />
        <Button onClick={onClose}>{t.cancel}</Button>
        <Button type="submit" variant="filled" loading={start.isPending}>
          {t.start}
        </Button>
      </div>
    </form>
  );
}

/** What a run shall learn from and how. */
export function StartRun({ opened, ...rest }: Props) {
  const t = useTexts(texts);
  return (
    <Modal opened={opened} onClose={rest.onClose} title={t.trainTitle} centered>
      <Form {...rest} />
    </Modal>
  );
}
