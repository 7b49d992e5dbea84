import { Button } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { useProject } from "../../api/project";
import { number } from "../../lib/format";
import { useTexts } from "../../lib/texts";
import type { HandworkBatch } from "./api/handwork";
import { texts } from "./texts";

/** To the new batch at once; where it left something out, `made` is that batch and says so first. */
export function useMade() {
  const project = useProject();
  const navigate = useNavigate();
  const [made, setMade] = useState<HandworkBatch | null>(null);
  const take = (batch: HandworkBatch) => {
    if (batch.elsewhere.length > 0) setMade(batch);
    else void navigate(`/p/${project.slug}/batches/${batch.id}`);
  };
  return { made, take };
}

/** What a new batch left out because it waits in other open ones, and where. */
export function MadeBatch({ made }: { made: HandworkBatch }) {
  const t = useTexts(texts);
  const project = useProject();
  const batches = `/p/${project.slug}/batches`;
  const left = made.elsewhere.reduce((sum, each) => sum + each.count, 0);
  return (
    <>
      <span className="sp" role="status">
        {t.madeOf(number(made.pieces))} {t.leftOut(number(left))}{" "}
        {made.elsewhere.map((each, place) => (
          <span key={each.id}>
            {place > 0 && ", "}
            <Link to={`${batches}/${each.id}`}>{t.waitsIn(each.number, number(each.count))}</Link>
          </span>
        ))}
      </span>
      <Button component={Link} to={`${batches}/${made.id}`} variant="filled" data-autofocus>
        {t.openBatch}
      </Button>
    </>
  );
}
