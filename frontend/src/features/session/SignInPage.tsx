import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLock, IconUser } from "@tabler/icons-react";
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { useSession, useSignIn } from "../../api/session";
import { Brand } from "../../components/Brand";
import { ErrorPanel } from "../../components/ErrorPanel";
import { LanguageButton, ThemeButton } from "../../components/HeaderTools";
import { Keycap } from "../../components/Keycap";
import { useTexts } from "../../lib/texts";
import classes from "./SignInPage.module.css";
import { texts } from "./texts";

/** Only paths of our own: an address with a host would lead somebody who just signed in to another site. */
const safe = (to: string | null): string => (to?.startsWith("/") && !to.startsWith("//") ? to : "/");

export function SignInPage() {
  const t = useTexts(texts);
  const session = useSession();
  const signIn = useSignIn();
  const navigate = useNavigate();
  const to = safe(useSearchParams()[0].get("to"));
  const form = useForm({ mode: "uncontrolled", initialValues: { username: "", password: "" } });
  if (session.data && !signIn.isPending) return <Navigate to={to} replace />;
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, { onSuccess: () => navigate(to, { replace: true }) }),
  );
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit}>
        <div className={classes.brand}>
          <Brand size={22} /> Loupe
        </div>
        <h1>{t.signIn}</h1>
        {signIn.error && <ErrorPanel error={signIn.error} />}
        <TextInput
          label={t.username}
          leftSection={<IconUser size={16} stroke={1.5} />}
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          key={form.key("username")}
          {...form.getInputProps("username")}
        />
        <PasswordInput
          label={t.password}
          leftSection={<IconLock size={16} stroke={1.5} />}
          autoComplete="current-password"
          required
          withAsterisk={false}
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button
          type="submit"
          variant="filled"
          size="md"
          loading={signIn.isPending}
          rightSection={<Keycap chord="Enter" />}
        >
          {t.signIn}
        </Button>
        <p className="s t2">{t.forgot}</p>
        <div className={classes.foot}>
          <LanguageButton />
          <ThemeButton />
        </div>
      </form>
    </main>
  );
}
