import { Menu } from "@mantine/core";
import { spotlight } from "@mantine/spotlight";
import { IconChevronDown, IconSearch } from "@tabler/icons-react";
import { Link, useParams } from "react-router";
import { useMe } from "../../api/session";
import { Brand } from "../../components/Brand";
import { HeaderTools } from "../../components/HeaderTools";
import { Keycap } from "../../components/Keycap";
import { OutboxState } from "../../components/OutboxState";
import { useTexts } from "../../lib/texts";
import classes from "./Shell.module.css";
import { texts } from "./texts";

function ProjectSwitch({ slug }: { slug: string }) {
  const { projects } = useMe();
  const t = useTexts(texts);
  const current = projects.find((each) => each.slug === slug);
  if (!current) return null;
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.switch}>
          <span className="clip">{current.name}</span>
          <IconChevronDown size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {projects.map((each) => (
          <Menu.Item key={each.id} component={Link} to={`/p/${each.slug}`}>
            {each.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/">
          {t.projects}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function Header() {
  const { project } = useParams();
  const { projects } = useMe();
  const t = useTexts(texts);
  const current = projects.find((each) => each.slug === project);
  return (
    <header className={classes.top}>
      <div className="row gap5">
        <Link className={classes.brand} to="/">
          <Brand />
          Loupe
        </Link>
        {current && <span className={classes.separator} />}
        {current && <ProjectSwitch slug={current.slug} />}
        {current?.state === "archived" && <span className="badge warn">{t.archived}</span>}
      </div>
      <button type="button" className={classes.find} onClick={() => spotlight.open()}>
        <IconSearch size={15} />
        <span className="sp">{t.find}</span>
        <Keycap chord="/" />
      </button>
      <div className={`row gap5 ${classes.end}`}>
        <OutboxState />
        <HeaderTools />
      </div>
    </header>
  );
}
