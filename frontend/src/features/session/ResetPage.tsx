import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, useParams } from "react-router";
import { Brand } from "../../components/Brand";
import { ErrorPanel } from "../../components/ErrorPanel";
import { useTexts } from "../../lib/texts";
import { useReset } from "./api/reset";
import { linkTexts } from "./linkTexts";
import classes from "./SignInPage.module.css";

/** Setting a new password by a link that an administrator copied. */
export function ResetPage() {
  const t = useTexts(linkTexts);
  const { token = "" } = useParams();
  const reset = useReset(token);
  const form = useForm({ initialValues: { password: "" } });
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={form.onSubmit(({ password }) => reset.mutate(password))}>
        <div className={classes.brand}>
          <Brand size={22} /> Loupe
        </div>
        {reset.isSuccess ? (
          <>
            <p>{t.done}</p>
            <Button component={Link} to="/sign-in" variant="filled" size="md">
              {t.signIn}
            </Button>
          </>
        ) : (
          <>
            <h1>{t.newPassword}</h1>
            {reset.error && <ErrorPanel error={reset.error} />}
            <PasswordInput
              label={t.newPassword}
              description={t.passwordWhy}
              autoComplete="new-password"
              required
              {...form.getInputProps("password")}
            />
            <Button type="submit" variant="filled" size="md" loading={reset.isPending}>
              {t.set}
            </Button>
          </>
        )}
      </form>
    </main>
  );
}
