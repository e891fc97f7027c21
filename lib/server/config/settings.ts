import "server-only";

import { basename } from "node:path";

import { basePath } from "@/lib/contract/base-path";
import { day, type Duration, minute, second } from "@/lib/domain/instant";

import { type AccessSettings, toAccess } from "./access";
import { findAccessMistakes } from "./access-mistakes";
import { findChannelMistakes, toEnvironmentChannels } from "./environment-channels";
import type { DatabaseAddress } from "./database";
import { type Environment, environmentSchema } from "./environment";
import { isReadable, readSecretFiles } from "./files";
import type { SettingsMistake, Variables } from "./issues";
import type { OutboundProxy } from "./network";
import { findRuleMistakes, joinNotifications, type NotificationSettings } from "./notifications";
import type { Organization } from "./organization";
import { findHalfMetrics, toMetrics } from "./metrics-settings";
import { readSettingsFile, type SettingsFile } from "./settings-file";

/** Every setting, parsed and validated. */
export type Settings = {
  /** What to watch, as read at startup. */
  organizations: readonly Organization[];
  /** The file that lists the organizations, read again when it changes; null: they come from the environment. */
  configFile: string | null;
  /** Upstream base: https, or http to loopback. */
  upstreamUrl: URL;
  /** Base of the Metrics API: https, or http to loopback. */
  metricsUrl: URL;
  /** The provider's public status page: https, or http to loopback; null: it is never asked. */
  statusPage: URL | null;
  /** Used for Cerebras and identity providers; null: connect directly. */
  proxy: OutboundProxy | null;
  database: DatabaseAddress;
  publicUrl: URL;
  pollActive: Duration;
  pollIdle: Duration;
  /** For idle endpoints whose changes the listing shows. */
  pollCovered: Duration;
  maxRequestsPerMinute: number;
  /** Without movement for this long, a rollout is stalled, whatever is usual on its endpoint. */
  stallAfter: Duration;
  /** How long finished rollouts are kept; null: forever. */
  retention: Duration | null;
  notifications: NotificationSettings;
  /** How long the audit log and ended access are kept. */
  accessRetention: { audit: Duration; links: Duration; screens: Duration };
  /** How long notifications and their deliveries are kept. */
  deliveryRetention: Duration;
  /** How long what callers felt is kept. */
  trafficRetention: Duration;
  access: AccessSettings;
  /** Origins whose pages may show the wall and shared pages in a frame. */
  frameAncestors: readonly string[];
  /** Who may read `/metrics` without being an administrator or having a token; `off`: there is none. */
  metricsAccess: "loopback" | "token" | "off";
  /** The endpoints whose badges are public. */
  badges: "off" | "all" | readonly string[];
  /** The control API of the demo's simulator, on this machine; null except in the demo. */
  demoControl: URL | null;
  /** Where the demo with open access leads for the same with sign-in, on this machine; null elsewhere. */
  demoSignIn: URL | null;
};

export type SettingsResult =
  | { settings: Settings; mistakes: [] }
  | { settings: null; mistakes: [SettingsMistake, ...SettingsMistake[]] };

/** Parses the environment. Returns every mistake at once; none quotes a secret. */
export function parseSettings(variables: Variables): SettingsResult {
  const { given, mistakes: fileMistakes } = readSecretFiles(
    Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== "")),
  );
  const parsed = environmentSchema.safeParse(given);
  const configFile = given["ROLLCALL_CONFIG"];
  const file = configFile === undefined ? null : readSettingsFile(configFile, variables);
  const fieldMistakes = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    setting: String(path[0]),
    problem: message,
  }));
  const [first, ...others] = [
    ...fileMistakes,
    ...fieldMistakes,
    ...(configFile === undefined ? [...findMissing(given), ...findHalfMetrics(given)] : findDoubled(given)),
    ...findChannelMistakes(given),
    ...(file?.mistakes ?? []),
    ...findDoubledStatusPage(given, file),
    ...(parsed.data === undefined
      ? []
      : findRuleMistakes(
          toEnvironmentChannels(parsed.data),
          file?.notifications ?? null,
          basename(configFile ?? ""),
        )),
  ];
  if (first !== undefined) return { settings: null, mistakes: [first, ...others] };
  if (parsed.data === undefined) throw new Error("unreachable: settings without mistakes always parse");
  const [unsafe, ...more] = findAccessMistakes(parsed.data, toPublicUrl(parsed.data));
  if (unsafe !== undefined) return { settings: null, mistakes: [unsafe, ...more] };
  return {
    settings: toSettings(parsed.data, file),
    mistakes: [],
  };
}

function findMissing(given: Variables): SettingsMistake[] {
  const file = given["CEREBRAS_MANAGEMENT_API_KEY_FILE"];
  const hasValue = given["CEREBRAS_MANAGEMENT_API_KEY"] !== undefined;
  const mistakes: SettingsMistake[] = [];
  if (!hasValue && file === undefined) {
    mistakes.push({
      setting: "CEREBRAS_MANAGEMENT_API_KEY",
      problem:
        "is not set. Create a key under Management API keys on cloud.cerebras.ai and set it here, or name a file with the key in CEREBRAS_MANAGEMENT_API_KEY_FILE.",
    });
  }
  if (hasValue && file !== undefined) {
    mistakes.push({
      setting: "CEREBRAS_MANAGEMENT_API_KEY_FILE",
      problem: "and CEREBRAS_MANAGEMENT_API_KEY are both set. Keep one of them.",
    });
  }
  if (file !== undefined && !isReadable(file)) {
    mistakes.push({
      setting: "CEREBRAS_MANAGEMENT_API_KEY_FILE",
      problem: `names a file that cannot be read: ${file}`,
    });
  }
  if (
    given["CEREBRAS_ORG"] === undefined &&
    (given["ROLLCALL_ENDPOINTS"] ?? "").replaceAll(/[\s,]/g, "") === ""
  ) {
    mistakes.push({
      setting: "CEREBRAS_ORG",
      problem:
        "and ROLLCALL_ENDPOINTS are both empty, so there is nothing to watch. Set CEREBRAS_ORG to your management organization's name, or list endpoint ids in ROLLCALL_ENDPOINTS.",
    });
  }
  return mistakes;
}

/** Settings that must not be set in the environment when a settings file is used. */
function findDoubled(given: Variables): SettingsMistake[] {
  const watched = "List what to watch in the file, and unset this.";
  const ways = {
    CEREBRAS_ORG: watched,
    ROLLCALL_ENDPOINTS: watched,
    CEREBRAS_MANAGEMENT_API_KEY_FILE: watched,
    CEREBRAS_ORGANIZATION_ID: watched,
    CEREBRAS_INFERENCE_API_KEY_FILE: watched,
    ROLLCALL_FIELDS: "List further names under fields in the file, and unset this.",
  };
  return Object.entries(ways)
    .filter(([setting]) => given[setting] !== undefined)
    .map(([setting, way]) => ({ setting, problem: `and ROLLCALL_CONFIG are both set. ${way}` }));
}

function findDoubledStatusPage(given: Variables, file: SettingsFile | null): SettingsMistake[] {
  if (given["ROLLCALL_STATUS_PAGE"] === undefined || file?.statusPage == null) return [];
  const problem = "and statusPage in the settings file are both set. Keep one of them.";
  return [{ setting: "ROLLCALL_STATUS_PAGE", problem }];
}

function toPublicUrl(environment: Environment): URL {
  return environment.ROLLCALL_URL ?? new URL(`http://localhost:${environment.PORT}${basePath}`);
}

function toSettings(environment: Environment, file: SettingsFile | null): Settings {
  return {
    organizations: file?.organizations ?? [toOrganization(environment)],
    configFile: environment.ROLLCALL_CONFIG ?? null,
    upstreamUrl: environment.CEREBRAS_API_URL,
    metricsUrl: environment.CEREBRAS_METRICS_URL,
    statusPage: file?.statusPage ?? environment.ROLLCALL_STATUS_PAGE ?? null,
    proxy: toProxy(environment),
    database: environment.DATABASE_URL,
    publicUrl: toPublicUrl(environment),
    pollActive: environment.ROLLCALL_POLL_ACTIVE_SECONDS * second,
    pollIdle:
      Math.max(environment.ROLLCALL_POLL_IDLE_SECONDS, environment.ROLLCALL_POLL_ACTIVE_SECONDS) * second,
    pollCovered: environment.ROLLCALL_POLL_UNCHANGED_SECONDS * second,
    maxRequestsPerMinute: environment.ROLLCALL_MAX_REQUESTS_PER_MINUTE,
    stallAfter: environment.ROLLCALL_STALL_AFTER_MINUTES * minute,
    retention:
      environment.ROLLCALL_RETENTION_DAYS === undefined ? null : environment.ROLLCALL_RETENTION_DAYS * day,
    notifications: joinNotifications(toEnvironmentChannels(environment), file?.notifications ?? null),
    accessRetention: {
      audit: environment.ROLLCALL_AUDIT_RETENTION_DAYS * day,
      links: environment.ROLLCALL_LINK_RETENTION_DAYS * day,
      screens: environment.ROLLCALL_SCREEN_RETENTION_DAYS * day,
    },
    deliveryRetention: environment.ROLLCALL_DELIVERY_RETENTION_DAYS * day,
    trafficRetention: environment.ROLLCALL_TRAFFIC_RETENTION_DAYS * day,
    access: toAccess(environment, toPublicUrl(environment)),
    frameAncestors: environment.ROLLCALL_FRAME_ANCESTORS,
    metricsAccess: environment.ROLLCALL_METRICS,
    badges: environment.ROLLCALL_BADGES,
    demoControl: environment.ROLLCALL_DEMO_CONTROL ?? null,
    demoSignIn: environment.ROLLCALL_DEMO_SIGN_IN ?? null,
  };
}

function toProxy(environment: Environment): OutboundProxy | null {
  const address = environment.https_proxy ?? environment.HTTPS_PROXY;
  return address === undefined
    ? null
    : { address, bypass: environment.no_proxy ?? environment.NO_PROXY ?? [] };
}

function toOrganization(environment: Environment): Organization {
  const { CEREBRAS_MANAGEMENT_API_KEY: value, CEREBRAS_MANAGEMENT_API_KEY_FILE: file } = environment;
  return {
    org: environment.CEREBRAS_ORG ?? null,
    key: value === undefined ? { file: file ?? "" } : { value },
    endpointIds: environment.ROLLCALL_ENDPOINTS,
    ...(environment.ROLLCALL_FIELDS === undefined ? {} : { fields: environment.ROLLCALL_FIELDS }),
    ...toMetrics(environment),
  };
}

let parsed: SettingsResult | null = null;

/** The settings of this process, parsed once. */
export function readProcessSettings(): SettingsResult {
  parsed ??= parseSettings(process.env);
  return parsed;
}

/** The directory the user called from: npm and scripts/rollcall.mjs change it and keep the original in INIT_CWD. */
export function readCallerDirectory(): string {
  return process.env["INIT_CWD"] || process.cwd();
}

/** True in the development server, which reloads modules while it runs. */
export const isDevelopment = process.env["NODE_ENV"] === "development";
