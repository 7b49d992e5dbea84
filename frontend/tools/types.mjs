// Writes src/api/generated/schema.d.ts from the committed OpenAPI file. `--check` fails where they differ.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../docs/reference/openapi.json", import.meta.url);
const target = fileURLToPath(new URL("../src/api/generated/schema.d.ts", import.meta.url));
const head = "// Written by ./loupe types from docs/reference/openapi.json; never edited.\n\n";
const text = head + astToString(await openapiTS(source, { alphabetize: true, defaultNonNullable: false }));

if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error(
      "src/api/generated/schema.d.ts differs from docs/reference/openapi.json: run ./loupe types",
    );
    process.exit(1);
  }
} else writeFileSync(target, text);
