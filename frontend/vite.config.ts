import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const backend = process.env.LOUPE_BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig(({ command }) => ({
  plugins: [react()],
  // Django serves the build's folder below /static/; the development server serves the page itself.
  base: command === "build" ? "/static/" : "/",
  build: { target: "es2023", chunkSizeWarningLimit: 900, assetsInlineLimit: 0 },
  server: { proxy: { "/api": backend } },
  test: { environment: "jsdom", globals: false, setupFiles: ["tests/setup.ts"], css: false },
}));
