import "server-only";

import * as z from "zod";

import { basePath, toBasePath } from "@/lib/contract/base-path";

import { channelAddress, slackChannel, slackToken, webhookSecret } from "./channels";
import { databaseAddress, usualDatabase } from "./database";
import { parseEntryRule, type EntryRule } from "./entry-rule";
import { fieldsVariable } from "./fields";
import { mailAddress, smtpAddress } from "./mail";
import { identifier, managementKey, organizationId } from "./organization";
import { isLoopbackHost, parseTrustedProxies } from "./network";
import { statusPageAddress } from "./status-page";

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .refine(
      (text) => /^\d{1,7}$/.test(text) && Number(text) >= least && Number(text) <= most,
      `must be a whole number from ${least} to ${most}.`,
    )
    .transform(Number);
}

function webAddress(problem: string) {
  return z
    .string()
    .refine((text) => /^https?:$/.test(parseUrl(text)?.protocol ?? ""), problem)
    .transform((text) => new URL(text));
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

const upstreamUrl = webAddress("must be a web address such as https://api.cerebras.ai.")
  .refine(
    ({ protocol, hostname }) => protocol === "https:" || isLoopbackHost(hostname),
    "is plain http to another machine, which would send the key unencrypted. Use https.",
  )
  .refine(
    ({ username, password }) => username === "" && password === "",
    "must not contain a user name or password.",
  );

const publicAddress = webAddress(
  "must be the web address that people open, such as https://rollcall.example.com.",
)
  .refine(
    ({ search, hash }) => search === "" && hash === "",
    "must not contain a query or a fragment (? or #).",
  )
  .refine(
    ({ pathname }) => /^(?:\/[\w.~-]+)*\/?$/.test(pathname),
    "has a path with unusual characters. Use letters, digits, dots, dashes and underscores, as in https://tools.example.com/rollcall.",
  )
  .transform(withoutLastSlash)
  .superRefine((url, check) => {
    const path = toBasePath(url);
    if (path !== basePath) check.addIssue(foreignPath(path));
  });

function withoutLastSlash({ origin, pathname }: URL): URL {
  return new URL(pathname.replace(/\/+$/, ""), origin);
}

/** The build's own path is fixed, because it is part of the files that browsers load. */
function foreignPath(asked: string): string {
  const name = (path: string) => (path === "" ? "the root of a host" : path);
  const argument =
    asked === "" ? "no build argument ROLLCALL_BASE_PATH" : `the build argument ROLLCALL_BASE_PATH=${asked}`;
  const build = `npm start does so by itself; an image needs ${argument}`;
  return `is at ${name(asked)}, but this build serves ${name(basePath)}. Build Rollcall for ${name(asked)} (${build}), or change ROLLCALL_URL.`;
}

const list = z
  .string()
  .transform((text) =>
    [...new Set(text.split(",").map((entry) => entry.trim()))].filter((entry) => entry !== ""),
  );

const endpointIds = list.pipe(z.array(identifier));

/** Whose badges are public. */
const badges = z.union([z.enum(["off", "all"]), endpointIds], "must be off, all, or endpoint ids.");

const entryRules = list.transform((entries, context): EntryRule[] =>
  entries.flatMap((entry) => {
    const rule = parseEntryRule(entry);
    if (rule !== null) return [rule];
    context.issues.push({
      code: "custom",
      input: entry,
      message: `contains “${entry}”, which is none of these: ada@example.com, @example.com, group:NAME, claim:NAME=VALUE, * (each may be followed by “ in ORG” to limit it).`,
    });
    return [];
  }),
);

const trustedProxies = list.transform((entries, context) => {
  const proxies = parseTrustedProxies(entries);
  if (proxies !== null) return proxies;
  context.issues.push({
    code: "custom",
    input: entries,
    message: "must be addresses or networks such as 10.0.0.7 or 10.0.0.0/8, separated by commas.",
  });
  return z.NEVER;
});

const origin = z.string().refine((text) => {
  const url = parseUrl(text);
  return url !== null && url.protocol === "https:" && url.origin === text;
}, "must be origins such as https://wiki.example.com, separated by commas.");

/** curl and others accept a proxy without its scheme too. */
const proxyAddress = z
  .string()
  .transform((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`))
  .pipe(webAddress("must be the address of an http or https proxy, such as http://proxy.example.com:3128."))
  .refine(
    ({ username, password }) => isDecodable(username) && isDecodable(password),
    "has a % in its user name or password that is not part of a percent-encoding. Write it as %25.",
  );

const secureAddress = webAddress("must be a web address such as https://accounts.example.com.").refine(
  ({ protocol, hostname }) => protocol === "https:" || isLoopbackHost(hostname),
  "is plain http to another machine, so anyone on the way could sign in. Use https.",
);

const loopbackAddress = webAddress("must be the address of the simulator's control API.").refine(
  ({ hostname }) => isLoopbackHost(hostname),
  "names another machine. It is for the demo only, whose simulator runs on this one.",
);

const onOrOff = z.enum(["on", "off"], "must be on or off.");

/** Every environment variable that Rollcall reads, with its rule and default. */
export const environmentSchema = z.object({
  CEREBRAS_MANAGEMENT_API_KEY: managementKey.optional(),
  CEREBRAS_MANAGEMENT_API_KEY_FILE: z.string().optional(),
  CEREBRAS_ORG: identifier.optional(),
  CEREBRAS_INFERENCE_API_KEY: managementKey.optional(),
  CEREBRAS_INFERENCE_API_KEY_FILE: z.string().optional(),
  CEREBRAS_ORGANIZATION_ID: organizationId.optional(),
  CEREBRAS_METRICS_URL: upstreamUrl.default(new URL("https://cloud.cerebras.ai")),
  ROLLCALL_TRAFFIC_RETENTION_DAYS: wholeNumber(1, 36_500).default(90),
  ROLLCALL_STATUS_PAGE: statusPageAddress.optional(),
  ROLLCALL_ENDPOINTS: endpointIds.default([]),
  ROLLCALL_CONFIG: z.string().optional(),
  CEREBRAS_API_URL: upstreamUrl.default(new URL("https://api.cerebras.ai")),
  DATABASE_URL: databaseAddress.prefault(usualDatabase),
  ROLLCALL_URL: publicAddress.optional(),
  ROLLCALL_ACCESS: z.enum(["sign-in", "open"], "must be sign-in or open.").default("sign-in"),
  ROLLCALL_ALLOW_ANONYMOUS: z.literal("yes", "can only be yes.").optional(),
  ROLLCALL_VIEWERS: entryRules.default([]),
  ROLLCALL_ADMINISTRATORS: entryRules.default([]),
  ROLLCALL_PASSWORDS: onOrOff.optional(),
  ROLLCALL_OIDC_ISSUER: secureAddress.optional(),
  ROLLCALL_OIDC_CLIENT_ID: z.string().optional(),
  ROLLCALL_OIDC_CLIENT_SECRET: z.string().optional(),
  ROLLCALL_OIDC_NAME: z.string().max(40, "must be at most 40 characters long.").default("single sign-on"),
  ROLLCALL_OIDC_SCOPE: z
    .string()
    .refine((text) => text.split(" ").includes("openid"), "must contain openid.")
    .default("openid email profile"),
  ROLLCALL_OIDC_GROUPS_CLAIM: z.string().default("groups"),
  ROLLCALL_GITHUB_CLIENT_ID: z.string().optional(),
  ROLLCALL_GITHUB_CLIENT_SECRET: z.string().optional(),
  ROLLCALL_GITHUB_URL: secureAddress.default(new URL("https://github.com")),
  ROLLCALL_GOOGLE_CLIENT_ID: z.string().optional(),
  ROLLCALL_GOOGLE_CLIENT_SECRET: z.string().optional(),
  ROLLCALL_SECRET: z.string().min(32, "must be at least 32 characters long.").optional(),
  ROLLCALL_TRUSTED_PROXIES: trustedProxies.optional(),
  ROLLCALL_FRAME_ANCESTORS: list.pipe(z.array(origin)).default([]),
  ROLLCALL_POLL_ACTIVE_SECONDS: wholeNumber(1, 3_600).default(5),
  ROLLCALL_STALL_AFTER_MINUTES: wholeNumber(1, 10_080).default(10),
  ROLLCALL_POLL_IDLE_SECONDS: wholeNumber(1, 86_400).default(30),
  ROLLCALL_POLL_UNCHANGED_SECONDS: wholeNumber(1, 86_400).default(600),
  ROLLCALL_FIELDS: fieldsVariable.optional(),
  ROLLCALL_MAX_REQUESTS_PER_MINUTE: wholeNumber(1, 100_000).default(120),
  ROLLCALL_RETENTION_DAYS: wholeNumber(1, 36_500).optional(),
  ROLLCALL_AUDIT_RETENTION_DAYS: wholeNumber(1, 36_500).default(400),
  ROLLCALL_LINK_RETENTION_DAYS: wholeNumber(1, 36_500).default(90),
  ROLLCALL_SCREEN_RETENTION_DAYS: wholeNumber(1, 36_500).default(90),
  ROLLCALL_DELIVERY_RETENTION_DAYS: wholeNumber(2, 36_500).default(30),
  ROLLCALL_SLACK_WEBHOOK_URL: channelAddress.optional(),
  ROLLCALL_SLACK_TOKEN: slackToken.optional(),
  ROLLCALL_SLACK_CHANNEL: slackChannel.optional(),
  ROLLCALL_WEBHOOK_URL: channelAddress.optional(),
  ROLLCALL_WEBHOOK_SECRET: webhookSecret.optional(),
  ROLLCALL_METRICS: z
    .enum(["loopback", "token", "off"], "must be loopback, token or off.")
    .default("loopback"),
  ROLLCALL_BADGES: badges.default("off"),
  ROLLCALL_SMTP_URL: smtpAddress.optional(),
  ROLLCALL_MAIL_FROM: mailAddress.optional(),
  ROLLCALL_MAIL_TO: list.pipe(z.array(mailAddress).min(1, "is empty. Add a mail address.")).optional(),
  ROLLCALL_DEMO_CONTROL: loopbackAddress.optional(),
  ROLLCALL_DEMO_SIGN_IN: loopbackAddress.optional(),
  // Both spellings are in use; the lower case one wins, as in curl.
  https_proxy: proxyAddress.optional(),
  HTTPS_PROXY: proxyAddress.optional(),
  no_proxy: list.optional(),
  NO_PROXY: list.optional(),
  PORT: wholeNumber(0, 65_535).default(3_000),
  HOSTNAME: z.string().default("127.0.0.1"),
});

export type Environment = z.infer<typeof environmentSchema>;
