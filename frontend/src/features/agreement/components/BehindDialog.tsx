import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";
import { useMay, useProject } from "../../../api/project";
import { Dialog } from "../../../components/Dialog";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { useTexts } from "../../../lib/texts";
import classes from "../AgreementPage.module.css";
import type { Scope } from "../api/agreement";
import { type Behind, behindQuery } from "../api/behind";
import { texts } from "../texts";

/** The samples behind a figure, each opening its page; a lead makes a batch of them. */
export function BehindDialog(props: { asked: Behind; scope: Scope; title: string; onClose: () => void }) {
  const t = useTexts(texts);
  const project = useProject();
  const lead = useMay("lead");
  const navigate = useNavigate();
  const found = useQuery(behindQuery(project.slug, props.asked, props.scope));
  const names = found.data?.results ?? [];
  return (
    <Dialog onClose={props.onClose} title={props.title} size="lg">
      {found.isPending ? (
        <Loading rows={4} />
      ) : found.error ? (
        <ErrorPanel error={found.error} retry={() => void found.refetch()} />
      ) : (
        <div className="col gap5">
          {names.length === 0 && <span className="t2">{t.noneDiffer}</span>}
          <div className={classes.names}>
            {names.map((sample) => (
              <Link
                key={sample}
                className="mono"
                to={`/p/${project.slug}/samples/${encodeURIComponent(sample)}`}
              >
                {sample}
              </Link>
            ))}
          </div>
          <div className="row">
            <span className="s t3 sp">
              {found.data.total > names.length
                ? t.newestOf(names.length, found.data.total)
                : t.inAll(names.length)}
            </span>
            {lead && names.length > 0 && (
              <Button
                variant="filled"
                onClick={() =>
                  void navigate(`/p/${project.slug}/batches/new`, { state: { samples: names.join("\n") } })
                }
              >
                {t.makeOf(names.length)}
              </Button>
            )}
          </div>
        </div>
      )}
    </Dialog>
  );
}
