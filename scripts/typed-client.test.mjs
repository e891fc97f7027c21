import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";
import { expect, it, onTestFinished } from "vitest";

import { toOpenApi } from "../lib/contract/openapi";

/** The example of docs/automation.md. */
const example = /```ts\n(.*?)```/s.exec(readFileSync("docs/automation.md", "utf8"))?.[1] ?? "";

/** What the compiler says about a program beside the generated types. */
async function compile(program) {
  const directory = mkdtempSync(join(tmpdir(), "rollcall-client-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const types = astToString(await openapiTS(JSON.parse(JSON.stringify(toOpenApi()))));
  writeFileSync(join(directory, "rollcall.ts"), types);
  writeFileSync(join(directory, "client.ts"), program);
  const compiled = ts.createProgram([join(directory, "client.ts")], {
    ...{ strict: true, noEmit: true, types: [], lib: ["lib.es2022.d.ts", "lib.dom.d.ts"] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  return ts
    .getPreEmitDiagnostics(compiled)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}

const patience = 60_000;

it(
  "the example for openapi-typescript compiles with the types that it generates",
  async () => {
    expect(example).toContain("/api/v1/events");
    expect(await compile(example)).toEqual([]);
  },
  patience,
);

it(
  "a client that reads what no answer has does not compile",
  async () => {
    const wrong = example.replace("page.nextCursor", "page.nextPage");
    expect(await compile(wrong)).toEqual([expect.stringContaining("nextPage")]);
  },
  patience,
);
