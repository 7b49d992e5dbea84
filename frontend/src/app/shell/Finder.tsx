import { Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useNavigate, useParams } from "react-router";
import { covers, useMe } from "../../api/session";
import { useActiveScopes } from "../../lib/commands";
import { useTexts } from "../../lib/texts";
import { placesOf } from "../navigation";
import { projectPages } from "../routes";
import { texts } from "./texts";

/** `/`: every page this person may see and every command that works here, by its name. */
export function Finder() {
  const { project: slug } = useParams();
  const { projects, user } = useMe();
  const t = useTexts(texts);
  const navigate = useNavigate();
  const scopes = useActiveScopes();
  const role = projects.find((each) => each.slug === slug)?.role ?? null;
  const pages = placesOf(projectPages, (needed) => covers(role, needed)).flatMap((group) => group.places);
  const groups: SpotlightActionGroupData[] = [
    {
      group: t.pages,
      actions: [
        ...pages.map((each) => ({
          id: each.path || "overview",
          label: t[each.word],
          leftSection: <each.icon size={16} stroke={1.6} />,
          onClick: () => navigate(`/p/${slug}/${each.path}`),
        })),
        ...projects
          .filter((each) => each.slug !== slug)
          .map((each) => ({
            id: `p-${each.slug}`,
            label: `${t.project}: ${each.name}`,
            onClick: () => navigate(`/p/${each.slug}`),
          })),
        ...(user.is_administrator
          ? [{ id: "administration", label: t.administration, onClick: () => navigate("/administration") }]
          : []),
      ],
    },
    ...scopes.map((scope) => ({
      group: scope.title,
      actions: scope.commands
        .filter((each) => !each.keyOnly && each.enabled !== false)
        .map((each) => ({
          id: `${scope.name}.${each.name}`,
          label: each.label,
          onClick: () => void each.perform(),
        })),
    })),
  ];
  return (
    <Spotlight
      actions={groups.filter((group) => group.actions.length > 0)}
      shortcut={[]}
      nothingFound={t.nothingFound}
      highlightQuery
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 0 }}
      scrollable
      maxHeight={420}
      searchProps={{ leftSection: <IconSearch size={16} />, placeholder: t.find }}
    />
  );
}
