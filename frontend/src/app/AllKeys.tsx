import { KeysPage } from "../features/account/KeysPage";
import { useLocale } from "../lib/locale";
import { keymaps } from "./keymaps";

/** The keys of every page beside the page that moves them: features that do not know each other meet here. */
export function AllKeys() {
  useLocale(); // the words are those of now
  return <KeysPage scopes={keymaps()} />;
}
