import { Button, Checkbox, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconMessage2Question } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useProject } from "../../../api/project";
import { useTexts } from "../../../lib/texts";
import { type Appeal, appealsQuery, useDecide } from "../api/appeals";
import type { Mirror } from "../api/mirror";
import classes from "../People.module.css";
import { texts } from "../texts";

type Wrong = Mirror["practised"][number]["wrong"];

/** What was expected and what was said, cell by cell. */
export function WrongCells({ cells, nameOf }: { cells: Wrong; nameOf: (aspect: string) => string }) {
  const t = useTexts(texts);
  return (
    <ul className={classes.wrong}>
      {cells
        .toSorted((one, other) => one.letter.localeCompare(other.letter))
        .map((cell) => (
          <li key={`${cell.slot}${cell.aspect}`} className="row s">
            <span className="slot">{cell.letter}</span> {nameOf(cell.aspect)}
            <span className="t2">
              {t.expectedSaid(
                t.said[cell.expected as keyof typeof t.said],
                t.said[cell.said as keyof typeof t.said],
              )}
            </span>
          </li>
        ))}
    </ul>
  );
}

/** Words against known answers that wait for a lead; the panel is there only while one does. */
export function Appeals({ nameOf }: { nameOf: (aspect: string) => string }) {
  const t = useTexts(texts);
  const project = useProject();
  const found = useQuery(appealsQuery(project.slug));
  if (!found.data || found.data.results.length === 0) return null;
  return (
    <section className="panel" style={{ flex: "none", maxHeight: "45%", overflow: "auto" }}>
      <div className="ph">
        <IconMessage2Question size={16} stroke={1.6} className="warn" />
        <h2>{t.appeals(found.data.results.length)}</h2>
      </div>
      {found.data.results.map((each) => (
        <Waiting key={each.id} appeal={each} project={project.slug} nameOf={nameOf} />
      ))}
    </section>
  );
}

function Waiting(props: { appeal: Appeal; project: string; nameOf: (aspect: string) => string }) {
  const { appeal, project } = props;
  const t = useTexts(texts);
  const [reply, setReply] = useState("");
  const shuffled = [...appeal.letters]
    .map((slot, place) => ["ABCDEFGH".charAt(place), slot] as const)
    .filter(([letter, slot]) => letter !== slot);
  const [correct, setCorrect] = useState(true);
  const decide = useDecide(project);
  const say = (uphold: boolean) =>
    decide.mutate(
      { id: appeal.id, uphold, correct: uphold && correct, reply },
      { onError: (error) => notifications.show({ color: "red", message: error.message }) },
    );
  return (
    <div className={classes.item}>
      <span className="row">
        <b>{appeal.person}</b>
        <Link className="mono" to={`/p/${project}/samples/${encodeURIComponent(appeal.sample)}`}>
          {appeal.sample}
        </Link>
      </span>
      <p>“{appeal.reason}”</p>
      {shuffled.length > 0 && (
        <p className="s t3">
          {t.lettersOf(appeal.person)} {shuffled.map(([letter, slot]) => `${letter} = ${slot}`).join(", ")}
        </p>
      )}
      <WrongCells cells={appeal.wrong} nameOf={props.nameOf} />
      <div className="row wrap" style={{ marginTop: 6 }}>
        <Textarea
          className="sp"
          size="xs"
          minRows={1}
          maxRows={3}
          autosize
          placeholder={t.replyTo(appeal.person)}
          aria-label={t.replyTo(appeal.person)}
          value={reply}
          maxLength={2000}
          onChange={(event) => setReply(event.target.value)}
        />
        <Checkbox
          size="xs"
          label={t.correctIt}
          checked={correct}
          onChange={(event) => setCorrect(event.target.checked)}
        />
        <Button size="compact-sm" loading={decide.isPending} onClick={() => say(false)}>
          {t.decline}
        </Button>
        <Button size="compact-sm" variant="filled" loading={decide.isPending} onClick={() => say(true)}>
          {t.uphold}
        </Button>
      </div>
    </div>
  );
}
