import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "react-router";
import { useProject } from "../../../api/project";
import { useTexts } from "../../../lib/texts";
import { texts } from "../texts";

/** The two sides of the page: what is asked, and who answers. */
export function Tabs({ at }: { at: "questions" | "people" }) {
  const t = useTexts(texts);
  const project = useProject();
  const navigate = useNavigate();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t.title}
      value={at}
      onChange={(value) =>
        void navigate(`/p/${project.slug}/agreement${value === "people" ? "/people" : ""}`)
      }
      data={[
        { value: "questions", label: t.questionsTab },
        { value: "people", label: t.peopleTab },
      ]}
    />
  );
}
