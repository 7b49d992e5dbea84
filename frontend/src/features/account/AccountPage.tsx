import { PageHeader } from "../../components/PageHeader";
import { useTexts } from "../../lib/texts";
import classes from "./account.module.css";
import { Browsers } from "./Browsers";
import { Password } from "./Password";
import { Tabs } from "./Tabs";
import { Tokens } from "./Tokens";
import { texts } from "./texts";

/** One's own browsers, password and tokens. */
export function AccountPage() {
  const t = useTexts(texts);
  return (
    <>
      <PageHeader title={t.title} />
      <Tabs />
      <div className={classes.grid}>
        <div className="col gap5">
          <Browsers />
          <Tokens />
        </div>
        <Password />
      </div>
    </>
  );
}
