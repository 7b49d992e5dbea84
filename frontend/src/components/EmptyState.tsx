import type { ReactNode } from "react";
import classes from "./EmptyState.module.css";

/** Nothing here yet: says why, and what to do next. */
export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      {props.icon && <div className={classes.icon}>{props.icon}</div>}
      <h2>{props.title}</h2>
      {props.children && <div className={classes.why}>{props.children}</div>}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </div>
  );
}
