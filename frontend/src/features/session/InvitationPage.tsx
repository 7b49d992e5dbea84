import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { useSession } from "../../api/session";
import { Brand } from "../../components/Brand";
import { ErrorPanel } from "../../components/ErrorPanel";
import { Loading } from "../../components/Loading";
import { useTexts } from "../../lib/texts";
import { invitationQuery, useAccept } from "./api/invitation";
import { linkTexts } from "./linkTexts";
import classes from "./SignInPage.module.css";

/** What an invitation link offers, and taking it: as the person signed in, or as a new one. */
export function InvitationPage() {
  const t = useTexts(linkTexts);
  const navigate = useNavigate();
  const { token = "" } = useParams();
  const session = useSession();
  const offer = useQuery(invitationQuery(token));
  const accept = useAccept(token);
  const form = useForm({ initialValues: { username: "", name: "", password: "" } });
  const present = session.data?.user;
  const submit = form.onSubmit((body) =>
    accept.mutate(body, { onSuccess: () => void navigate("/", { replace: true }) }),
  );
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit}>
        <div className={classes.brand}>
          <Brand size={22} /> Loupe
        </div>
        {offer.isPending ? (
          <Loading rows={3} />
        ) : offer.error ? (
          <ErrorPanel error={offer.error} />
        ) : (
          <>
            <h1>{t.join(offer.data.project)}</h1>
            <p className="t2">{t.as(t[offer.data.role])}</p>
            {accept.error && <ErrorPanel error={accept.error} />}
            {present ? (
              <p>{t.joinAs(present.name || present.username)}</p>
            ) : (
              <>
                <TextInput
                  label={t.username}
                  autoComplete="username"
                  required
                  {...form.getInputProps("username")}
                />
                <TextInput label={t.name} autoComplete="name" {...form.getInputProps("name")} />
                <PasswordInput
                  label={t.password}
                  description={t.passwordWhy}
                  autoComplete="new-password"
                  required
                  {...form.getInputProps("password")}
                />
              </>
            )}
            <Button type="submit" variant="filled" size="md" loading={accept.isPending}>
              {t.accept}
            </Button>
          </>
        )}
      </form>
    </main>
  );
}
