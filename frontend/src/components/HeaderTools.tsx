import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconLanguage, IconMoon, IconSun } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "react-router";
import { useMe, useSaveLocale, useSession, useSignOut } from "../api/session";
import { LOCALES, type Locale, setLocale, useLocale } from "../lib/locale";
import { defineTexts, useTexts } from "../lib/texts";
import classes from "./HeaderTools.module.css";
import { Keycap } from "./Keycap";
import { openKeySheet } from "./sheet";

const texts = defineTexts(
  {
    theme: "Dark or light",
    language: "Language",
    keys: "Keys",
    signOut: "Sign out",
    administration: "Administration",
    projects: "All projects",
    account: "Your account",
    signIns: "Your sign-ins",
    ownKeys: "Your keys",
  },
  {
    theme: "深色或浅色",
    language: "语言",
    keys: "按键",
    signOut: "退出登录",
    administration: "系统管理",
    projects: "全部项目",
    account: "我的账户",
    signIns: "您的登录",
    ownKeys: "我的按键",
  },
);

export function ThemeButton() {
  const t = useTexts(texts);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light");
  return (
    <ActionIcon aria-label={t.theme} onClick={() => setColorScheme(scheme === "dark" ? "light" : "dark")}>
      {scheme === "dark" ? <IconSun size={17} stroke={1.5} /> : <IconMoon size={17} stroke={1.5} />}
    </ActionIcon>
  );
}

export function LanguageButton() {
  const t = useTexts(texts);
  const locale = useLocale();
  const session = useSession();
  const save = useSaveLocale();
  const choose = (code: Locale) => {
    setLocale(code);
    if (session.data) save.mutate(code);
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t.language}>
          <IconLanguage size={17} stroke={1.5} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LOCALES.map((each) => (
          <Menu.Item key={each.code} fw={each.code === locale ? 600 : 400} onClick={() => choose(each.code)}>
            {each.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const initials = (name: string): string =>
  name
    .split(/[\s._-]+/)
    .map((word) => word.slice(0, 1).toUpperCase())
    .slice(0, 2)
    .join("");

function Avatar() {
  const { user } = useMe();
  const { project } = useParams();
  const t = useTexts(texts);
  const signOut = useSignOut();
  const navigate = useNavigate();
  const leave = () => signOut.mutate(undefined, { onSuccess: () => navigate("/sign-in", { replace: true }) });
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <button type="button" className={classes.me} aria-label={t.account}>
          {initials(user.name || user.username)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.name || user.username}</Menu.Label>
        {project && (
          <Menu.Item component={Link} to="/">
            {t.projects}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/account">
          {t.signIns}
        </Menu.Item>
        <Menu.Item component={Link} to="/account/keys">
          {t.ownKeys}
        </Menu.Item>
        {user.is_administrator && (
          <Menu.Item component={Link} to="/administration">
            {t.administration}
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item onClick={leave}>{t.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The right end of every header: theme, language, keys, the person. */
export function HeaderTools() {
  const t = useTexts(texts);
  return (
    <div className={classes.tools}>
      <ThemeButton />
      <LanguageButton />
      <ActionIcon aria-label={t.keys} onClick={openKeySheet}>
        <Keycap chord="?" />
      </ActionIcon>
      <Avatar />
    </div>
  );
}
