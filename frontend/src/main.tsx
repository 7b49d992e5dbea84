import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "./app/theme/tokens.css";
import "./app/theme/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { styleNonce } from "./app/nonce";
import { locale } from "./lib/locale";

// What some libraries ask for before they write a style element of their own (the scroll lock of dialogs).
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce();
document.documentElement.lang = locale.get();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(<App />);
