import type { ReactNode } from "react";
import { ErrorPanel } from "./ErrorPanel";
import { Loading } from "./Loading";

interface Props {
  readonly query: { readonly isPending: boolean; readonly error: Error | null; refetch(): unknown };
  /** Shown in place of the list where it has no rows: why, and what to do next. */
  readonly empty: ReactNode;
  readonly count: number;
  readonly children: ReactNode;
}

/** The panel of a page that is one list: being asked for, failed, empty, or there. */
export function ListPanel({ query, empty, count, children }: Props) {
  const inside = () => {
    if (query.isPending) return <Loading />;
    if (query.error)
      return (
        <div className="pb">
          <ErrorPanel error={query.error} retry={() => void query.refetch()} />
        </div>
      );
    return count === 0 ? empty : children;
  };
  return <section className="panel grow">{inside()}</section>;
}
