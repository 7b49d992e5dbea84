import { Button, PasswordInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ErrorPanel } from "../../components/ErrorPanel";
import { useTexts } from "../../lib/texts";
import { useBrowsers } from "./api/signIns";
import { texts } from "./texts";

/** Changing one's own password, which signs out every other browser. */
export function Password() {
  const t = useTexts(texts);
  const { password } = useBrowsers();
  const form = useForm({ initialValues: { old: "", new: "" } });
  return (
    <section className="panel">
      <div className="ph">
        <h2>{t.password}</h2>
      </div>
      <form
        className="pb col gap5"
        onSubmit={form.onSubmit((body) => password.mutate(body, { onSuccess: () => form.reset() }))}
      >
        <p className="t2">{t.passwordWhy}</p>
        <PasswordInput
          label={t.old}
          autoComplete="current-password"
          required
          {...form.getInputProps("old")}
        />
        <PasswordInput
          label={t.new}
          description={t.newWhy}
          autoComplete="new-password"
          required
          {...form.getInputProps("new")}
        />
        {password.error && <ErrorPanel error={password.error} />}
        {password.isSuccess && (
          <div className="alert ok" role="status">
            {t.changed}
          </div>
        )}
        <div>
          <Button type="submit" loading={password.isPending}>
            {t.change}
          </Button>
        </div>
      </form>
    </section>
  );
}
