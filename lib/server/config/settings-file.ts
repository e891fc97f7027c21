import "server-only";

import { readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

import { parseDocument } from "yaml";
import * as z from "zod";

import { identifier, managementKey } from "./identifiers";
import { interpolate } from "./interpolate";
import type { SettingsMistake, Variables } from "./mistake";
import type { Organization } from "./organization";
import { isReadable } from "./readable";

const required = (issue: { input: unknown }, kind: string) =>
  issue.input === undefined ? "is missing." : `must be ${kind}.`;
const text = (kind: string) => z.string({ error: (issue) => required(issue, kind) });
const list = <T extends z.ZodType>(item: T, kind: string) =>
  z.array(item, { error: (issue) => required(issue, kind) });

const organization = z
  .strictObject({
    name: text("the name of an organisation").pipe(identifier),
    key: text("a management key").pipe(managementKey).optional(),
    keyFile: text("the path of a file").optional(),
    endpoints: list(text("an endpoint id").pipe(identifier), "a list of endpoint ids").default([]),
  })
  .superRefine(({ key, keyFile }, context) => {
    if (key === undefined && keyFile === undefined)
      context.addIssue({ code: "custom", path: ["key"], message: "is missing. Set it, or keyFile." });
    if (key !== undefined && keyFile !== undefined)
      context.addIssue({
        code: "custom",
        path: ["keyFile"],
        message: "and key are both set. Keep one of them.",
      });
  });

const settingsFile = z
  .strictObject({
    organizations: list(organization, "a list of organisations").min(
      1,
      "holds none, so there is nothing to watch.",
    ),
  })
  .superRefine(({ organizations }, context) => {
    const names = new Map<string, number>();
    const endpoints = new Map<string, number>();
    organizations.forEach(({ name, endpoints: ids }, index) => {
      const first = names.get(name) ?? index;
      names.set(name, first);
      const path = ["organizations", index];
      if (first !== index) {
        const message = `is “${name}” once more, as organizations[${first}] already is.`;
        context.addIssue({ code: "custom", path: [...path, "name"], message });
      }
      ids.forEach((id, place) => {
        const owner = endpoints.get(id) ?? index;
        endpoints.set(id, owner);
        if (owner === index) return;
        const message = `is “${id}”, which organizations[${owner}] has already.`;
        context.addIssue({ code: "custom", path: [...path, "endpoints", place], message });
      });
    });
  });

export type SettingsFile =
  | { organizations: readonly Organization[]; mistakes: [] }
  | { organizations: null; mistakes: [SettingsMistake, ...SettingsMistake[]] };

/**
 * Reads the file that ROLLCALL_CONFIG names. Every mistake is found at once, each with its path in the file; none
 * quotes a key. `${NAME}` in a text stands for the environment variable; `$${` for the two characters.
 */
export function readSettingsFile(file: string, variables: Variables): SettingsFile {
  const name = basename(file);
  const wrong = (problems: readonly { path: string; problem: string }[]): SettingsFile => {
    const [first, ...others] = problems.map(({ path, problem }) => ({
      setting: path === "" ? name : `${name}: ${path}`,
      problem,
    }));
    if (first === undefined) throw new Error("There is no mistake to tell.");
    return { organizations: null, mistakes: [first, ...others] };
  };
  const read = readText(file);
  if (read === null) return wrong([{ path: "", problem: `cannot be read: ${file}` }]);
  const document = parseDocument(read, { prettyErrors: false, logLevel: "silent", customTags: [] });
  const lines = read.split("\n");
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return wrong(
      faults.map(({ code, pos: [at] }) => ({
        path: placeOf(lines, at),
        problem: `is not valid YAML (${code.toLowerCase().replaceAll("_", " ")}).`,
      })),
    );
  }
  const content = toContent(document);
  if (content === null)
    return wrong([{ path: "", problem: "is not valid YAML: an alias (*) names nothing." }]);
  const { value, missing } = interpolate(content.value, variables);
  const parsed = settingsFile.safeParse(value);
  const issues = (parsed.error?.issues ?? []).flatMap(toProblems);
  const unreadable = (parsed.data?.organizations ?? []).flatMap(({ keyFile }, index) =>
    keyFile === undefined || isReadable(toPath(file, keyFile))
      ? []
      : [
          {
            path: `organizations[${index}].keyFile`,
            problem: `names a file that cannot be read: ${keyFile}`,
          },
        ],
  );
  const problems = [
    ...missing.map(({ path, name: variable }) => ({
      path: toPathText(path),
      problem: `uses \${${variable}}, which is not set.`,
    })),
    ...issues,
    ...unreadable,
  ];
  if (problems.length > 0 || parsed.data === undefined) return wrong(problems);
  return {
    mistakes: [],
    organizations: parsed.data.organizations.map(({ name: org, key, keyFile, endpoints }) => ({
      org,
      key: key === undefined ? { file: toPath(file, keyFile ?? "") } : { value: key },
      endpointIds: [...new Set(endpoints)],
    })),
  };
}

function readText(file: string): string | null {
  try {
    return readFileSync(/* turbopackIgnore: true */ file, "utf8");
  } catch {
    return null;
  }
}

/** Null where an alias names nothing, or so many things that it could fill all memory. */
function toContent(document: {
  toJS: (options: { maxAliasCount: number }) => unknown;
}): { value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: 10 }) };
  } catch {
    return null;
  }
}

/** Paths in the file are meant from where the file is. */
function toPath(file: string, path: string): string {
  return resolve(/* turbopackIgnore: true */ dirname(file), path);
}

function toProblems(issue: z.core.$ZodIssue): { path: string; problem: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: toPathText([...issue.path, key]),
      problem: "is no setting that Rollcall knows.",
    }));
  }
  const isWhole = issue.path.length === 0 && issue.code === "invalid_type";
  return [
    {
      path: toPathText(issue.path),
      problem: isWhole ? "holds no settings: organizations is missing." : issue.message,
    },
  ];
}

/** `organizations[1].endpoints[0]` */
function toPathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, place) =>
      typeof part === "number" ? `[${part}]` : `${place === 0 ? "" : "."}${String(part)}`,
    )
    .join("");
}

function placeOf(lines: readonly string[], at: number): string {
  let left = at;
  for (const [index, line] of lines.entries()) {
    if (left <= line.length) return `line ${index + 1}, column ${left + 1}`;
    left -= line.length + 1;
  }
  return `line ${lines.length}`;
}
