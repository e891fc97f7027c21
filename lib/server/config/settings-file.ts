import "server-only";

import { basename, dirname, resolve } from "node:path";

import * as z from "zod";

import { readChannelFiles } from "./channels";
import { isReadable, readSmallFile } from "./files";
import type { SettingsMistake, Variables } from "./issues";
import { furtherSpellings } from "./fields";
import { interpolate } from "./interpolate";
import { notificationsSchema, type FileNotifications } from "./notifications";
import { identifier, managementKey, organizationId, type Organization } from "./organization";
import { statusPageAddress } from "./status-page";
import { readYaml } from "./yaml";

const required = (issue: { input: unknown }, kind: string) =>
  issue.input === undefined ? "is missing." : `must be ${kind}.`;
const text = (kind: string) => z.string({ error: (issue) => required(issue, kind) });
const list = <T extends z.ZodType>(item: T, kind: string) =>
  z.array(item, { error: (issue) => required(issue, kind) });

const organization = z
  .strictObject({
    name: text("the name of an organization").pipe(identifier),
    key: text("a management key").pipe(managementKey).optional(),
    keyFile: text("the path of a file").optional(),
    endpoints: list(text("an endpoint id").pipe(identifier), "a list of endpoint ids").default([]),
    organizationId: text("the id of an organization").pipe(organizationId).optional(),
    inferenceKey: text("an inference key").pipe(managementKey).optional(),
    inferenceKeyFile: text("the path of a file").optional(),
  })
  .superRefine(({ organizationId: id, inferenceKey, inferenceKeyFile }, context) => {
    const isKnown = inferenceKey !== undefined || inferenceKeyFile !== undefined;
    if (id !== undefined && !isKnown)
      context.addIssue({
        code: "custom",
        path: ["inferenceKey"],
        message: "is missing, but organizationId is set. Set both, or neither.",
      });
    if (id === undefined && isKnown)
      context.addIssue({
        code: "custom",
        path: ["organizationId"],
        message: "is missing, but an inference key is set. Set both, or neither.",
      });
    if (inferenceKey !== undefined && inferenceKeyFile !== undefined)
      context.addIssue({
        code: "custom",
        path: ["inferenceKeyFile"],
        message: "and inferenceKey are both set. Keep one of them.",
      });
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
    organizations: list(organization, "a list of organizations").min(
      1,
      "holds none, so there is nothing to watch. Add one.",
    ),
    fields: furtherSpellings.optional(),
    notifications: notificationsSchema.optional(),
    statusPage: text("the address of a status page").pipe(statusPageAddress).optional(),
  })
  .superRefine(({ organizations }, context) => {
    const names = new Map<string, number>();
    const endpoints = new Map<string, number>();
    organizations.forEach(({ name, endpoints: ids }, index) => {
      const first = names.get(name) ?? index;
      names.set(name, first);
      const path = ["organizations", index];
      if (first !== index) {
        const message = `is “${name}”, the same as organizations[${first}]. Name each organization once.`;
        context.addIssue({ code: "custom", path: [...path, "name"], message });
      }
      ids.forEach((id, place) => {
        const owner = endpoints.get(id) ?? index;
        endpoints.set(id, owner);
        if (owner === index) return;
        const message = `is “${id}”, which organizations[${owner}] has already. List each endpoint once.`;
        context.addIssue({ code: "custom", path: [...path, "endpoints", place], message });
      });
    });
  });

const mostBytes = 256 * 1_024;
const mostMistakes = 50;

export type SettingsFile =
  | {
      organizations: readonly Organization[];
      notifications: FileNotifications | null;
      statusPage: URL | null;
      mistakes: [];
    }
  | {
      organizations: null;
      notifications: null;
      statusPage: null;
      mistakes: [SettingsMistake, ...SettingsMistake[]];
    };

/**
 * Reads the file that ROLLCALL_CONFIG names. Returns every mistake at once (at most 50), each with its path in the file;
 * none quotes a key. Never throws. `${NAME}` stands for an environment variable, `$${` for the characters `${`.
 */
export function readSettingsFile(file: string, variables: Variables): SettingsFile {
  try {
    return parseSettingsFile(file, variables);
  } catch {
    const mistake = { setting: basename(file), problem: `cannot be parsed: ${file}` };
    return { organizations: null, notifications: null, statusPage: null, mistakes: [mistake] };
  }
}

function parseSettingsFile(file: string, variables: Variables): SettingsFile {
  const name = basename(file);
  const wrong = (problems: readonly { path: string; problem: string }[]): SettingsFile => {
    const [first, ...others] = problems.slice(0, mostMistakes).map(({ path, problem }) => ({
      setting: path === "" ? name : `${name}: ${path}`,
      problem,
    }));
    if (first === undefined) throw new Error("unreachable: no issues");
    return { organizations: null, notifications: null, statusPage: null, mistakes: [first, ...others] };
  };
  const { text: source, problem: fault } = readSmallFile(file, mostBytes);
  if (source === null) return wrong([{ path: "", problem: `${fault}: ${file}` }]);
  const content = readYaml(source);
  if (content.problems !== null)
    return wrong(content.problems.map(({ place, problem }) => ({ path: place, problem })));
  const { value: filled, missing } = interpolate(content.value, variables);
  const { value, problems: fileProblems } = readChannelFiles(filled, (path) => toPath(file, path));
  const parsed = settingsFile.safeParse(value);
  const issues = (parsed.error?.issues ?? []).flatMap(toProblems);
  const unreadable = (parsed.data?.organizations ?? []).flatMap((organization, index) =>
    (["keyFile", "inferenceKeyFile"] as const).flatMap((name) => {
      const path = organization[name];
      if (path === undefined || isReadable(toPath(file, path))) return [];
      return [
        { path: `organizations[${index}].${name}`, problem: `names a file that cannot be read: ${path}` },
      ];
    }),
  );
  const problems = [
    ...missing.map(({ path, name: variable }) => ({
      path: toPathText(path),
      problem: `uses \${${variable}}, which is not set.`,
    })),
    // A secret that cannot be read from its file is also missing.
    ...issues.filter((issue) => !fileProblems.some(({ path }) => path === `${issue.path}File`)),
    ...fileProblems,
    ...unreadable,
  ];
  if (problems.length > 0 || parsed.data === undefined) return wrong(problems);
  const { fields } = parsed.data;
  return {
    mistakes: [],
    notifications: parsed.data.notifications ?? null,
    statusPage: parsed.data.statusPage ?? null,
    organizations: parsed.data.organizations.map(({ name: org, key, keyFile, endpoints, ...metrics }) => ({
      org,
      key: toKey(file, key, keyFile),
      endpointIds: [...new Set(endpoints)],
      ...(fields === undefined ? {} : { fields }),
      ...(metrics.organizationId === undefined
        ? {}
        : {
            metrics: {
              organizationId: metrics.organizationId,
              key: toKey(file, metrics.inferenceKey, metrics.inferenceKeyFile),
            },
          }),
    })),
  };
}

function toKey(file: string, value: string | undefined, path: string | undefined): Organization["key"] {
  return value === undefined ? { file: toPath(file, path ?? "") } : { value };
}

/** Paths in the file are relative to the file. */
function toPath(file: string, path: string): string {
  return resolve(/* turbopackIgnore: true */ dirname(file), path);
}

function toProblems(issue: z.core.$ZodIssue): { path: string; problem: string }[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: toPathText([...issue.path, key]),
      problem: "is not a setting that Rollcall knows.",
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
