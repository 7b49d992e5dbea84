import { NavLink } from "react-router";
import { useTexts } from "../../lib/texts";
import { texts } from "./texts";

/** The parts of one's account. */
export function Tabs() {
  const t = useTexts(texts);
  return (
    <nav className="tabs" aria-label={t.title} style={{ marginBottom: 12 }}>
      <NavLink to="/account" end>
        {t.signIn}
      </NavLink>
      <NavLink to="/account/keys">{t.keysTab}</NavLink>
    </nav>
  );
}
