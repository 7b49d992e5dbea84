// Runs before the first paint so that a dark page never flashes white; a file of its own because the policy
// of this page allows no inline script. Mantine keeps the same key and attribute afterwards.
(() => {
  const chosen = localStorage.getItem("mantine-color-scheme-value") ?? "auto";
  const dark = chosen === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
