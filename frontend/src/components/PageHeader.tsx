import type { ReactNode } from "react";
import { Link } from "react-router";
import classes from "./PageHeader.module.css";

/** Title, one line of figures, and the page's verbs at the right. */
export function PageHeader(props: {
  title: ReactNode;
  note?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}) {
  return (
    <div className={classes.head}>
      <div className={`col ${classes.title}`} style={{ gap: 1 }}>
        {props.back && (
          <Link className={classes.crumb} to={props.back.to}>
            {props.back.label}
          </Link>
        )}
        <h1>{props.title}</h1>
      </div>
      {props.note && <span className={classes.note}>{props.note}</span>}
      <span className="sp" />
      {props.children}
    </div>
  );
}
