import { Checkbox } from "@mantine/core";
import { Link } from "react-router";
import { useProject } from "../../../api/project";
import { ErrorPanel } from "../../../components/ErrorPanel";
import { Loading } from "../../../components/Loading";
import { SandboxTag } from "../../../components/SandboxTag";
import { number, percent, usd } from "../../../lib/format";
import { useTexts } from "../../../lib/texts";
import type { Estimate } from "../api/estimate";
import { texts } from "../texts";

/** What the run would take, before anything is sent. */
export function Takes({
  estimate,
  error,
  ready,
  limit,
}: {
  estimate: Estimate | undefined;
  error: unknown;
  ready: boolean;
  /** Another limit of a reply's tokens: whether it is taken, and taking it or not; null where none can be. */
  limit: { taken: number | null; take: (tokens: number | null) => void } | null;
}) {
  const t = useTexts(texts);
  const project = useProject();
  return (
    <section className="panel">
      <div className="ph">
        <h2 className="sp">{t.takes}</h2>
        <span className="s t3">{t.movesAsYouType}</span>
      </div>
      <div className="pb col">
        {!ready && <p className="t2">{t.chooseFirst}</p>}
        {ready && error ? <ErrorPanel error={error} /> : null}
        {ready && !estimate && !error && <Loading rows={5} />}
        {ready && estimate && !error && (
          <>
            <div className="fig">{[...new Set([usd(estimate.low), usd(estimate.high)])].join(" – ")}</div>
            <p className="s t2">
              {t.expected} {usd(estimate.middle)}. {t.basis[estimate.basis as keyof typeof t.basis]}
            </p>
            <dl className="kv">
              <dt>{t.questions}</dt>
              <dd>{number(estimate.questions)}</dd>
              <dt>{t.calls}</dt>
              <dd>{number(estimate.calls)}</dd>
              <dt>{t.tokensEach}</dt>
              <dd className="nw">
                {t.inAndOut(number(estimate.input_tokens_each), number(estimate.output_tokens_each))}
              </dd>
              <dt>{t.atMost}</dt>
              <dd>{usd(estimate.ceiling)}</dd>
            </dl>
            {estimate.questions === 0 && (
              <div className="alert warn s" role="status">
                <span className="sp">
                  <b>{t.noQuestion}</b> {t.noQuestionWhy}
                  <br />
                  <Link to={`/p/${project.slug}/batches`}>{t.toBatches}</Link>
                </span>
              </div>
            )}
            {estimate.reused.replies > 0 && (
              <p className="s t2">
                {t.reusedBefore(
                  `${estimate.reused.exact ? "" : "≈ "}${number(estimate.reused.replies)}`,
                  usd(estimate.reused.usd),
                )}
              </p>
            )}
            {estimate.proposal && limit && (
              <Checkbox
                label={t.takeLimit(number(estimate.proposal.max_tokens), number(estimate.max_tokens))}
                description={t.limitWhy(
                  number(estimate.proposal.replies),
                  number(estimate.proposal.p99),
                  percent(estimate.proposal.cut_off_share, 1),
                )}
                checked={limit.taken !== null}
                onChange={(event) =>
                  limit.take(event.currentTarget.checked ? (estimate.proposal?.max_tokens ?? null) : null)
                }
              />
            )}
            {estimate.unanswered > 0 && (
              <div className="alert warn s">{t.unansweredNote(estimate.unanswered)}</div>
            )}
            {estimate.without_pictures > 0 && (
              <div className="alert warn s">{t.picturesNote(estimate.without_pictures)}</div>
            )}
            {estimate.sandbox && (
              <div className="row s t2">
                <SandboxTag /> {t.playMoney}
              </div>
            )}
          </>
        )}
      </div>
    </section>
  );
}
