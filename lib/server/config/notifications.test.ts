import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { minute } from "@/lib/domain/instant";
import { eventKinds } from "@/lib/domain/notable-event";

import { channelSecrets } from "./channels";
import { parseSettings } from "./settings";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const environment = { CEREBRAS_MANAGEMENT_API_KEY: "csk-key", CEREBRAS_ORG: "acme" };

function parse(variables: Record<string, string>) {
  const { settings, mistakes } = parseSettings({ ...environment, ...variables });
  return { notifications: settings?.notifications, mistakes };
}

/** Parses a settings file with this part `notifications`, and files beside it. */
function parseFile(
  notifications: string,
  variables: Record<string, string> = {},
  files: Record<string, string> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-settings-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const file = join(folder, "rollcall.yaml");
  writeFileSync(file, `organizations: [{ name: acme, key: csk-key }]\nnotifications:\n${notifications}`);
  const { settings, mistakes } = parseSettings({ ROLLCALL_CONFIG: file, ...variables });
  return { notifications: settings?.notifications, mistakes };
}

const everything = { endpoints: [], organizations: [], architectures: [], events: eventKinds, quiet: null };

describe("one line in the environment", () => {
  it("sends every event to Slack", () => {
    const { notifications, mistakes } = parse({
      ROLLCALL_SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/T0/B0/secret",
    });
    expect(mistakes).toEqual([]);
    expect(notifications?.channels).toMatchObject([{ name: "slack", type: "slack-webhook" }]);
    expect(notifications?.rules).toEqual([{ channel: "slack", ...everything }]);
    expect(notifications?.blindAfter).toBe(5 * minute);
  });

  it("is enough for a bot or a webhook with their second half, and nothing is sent without any", () => {
    expect(parse({}).notifications?.channels).toEqual([]);
    const both = parse({
      ...{ ROLLCALL_SLACK_TOKEN: "xoxb-1", ROLLCALL_SLACK_CHANNEL: "C0123456789" },
      ...{ ROLLCALL_WEBHOOK_URL: "http://127.0.0.1:9000/hook", ROLLCALL_WEBHOOK_SECRET: secret },
    });
    expect(both.notifications?.channels.map(({ name, type }) => [name, type])).toEqual([
      ["slack", "slack"],
      ["webhook", "webhook"],
    ]);
  });

  it.each([
    [{ ROLLCALL_SLACK_TOKEN: "xoxb-1" }, "ROLLCALL_SLACK_CHANNEL", "is not set"],
    [{ ROLLCALL_WEBHOOK_URL: "https://example.com/x" }, "ROLLCALL_WEBHOOK_SECRET", "is not set"],
    [{ ROLLCALL_SLACK_WEBHOOK_URL: "http://example.com/x" }, "ROLLCALL_SLACK_WEBHOOK_URL", "plain http"],
    [{ ROLLCALL_SLACK_WEBHOOK_URL: "https://u:p@example.com/x" }, "ROLLCALL_SLACK_WEBHOOK_URL", "password"],
    [
      { ROLLCALL_WEBHOOK_URL: "https://example.com/x", ROLLCALL_WEBHOOK_SECRET: "whsec_c2hvcnQ=" },
      "ROLLCALL_WEBHOOK_SECRET",
      "24 to 64 bytes",
    ],
    [
      { ROLLCALL_SLACK_TOKEN: "not-a-token", ROLLCALL_SLACK_CHANNEL: "#deploys" },
      "ROLLCALL_SLACK_CHANNEL",
      "id of a channel",
    ],
  ])(
    "with a mistake (%j) says what is wrong with %s, and quotes no secret",
    (variables, setting, problem) => {
      const { mistakes } = parse(variables);
      expect(mistakes.find((mistake) => mistake.setting === setting)?.problem).toContain(problem);
      expect(JSON.stringify(mistakes)).not.toMatch(/not-a-token|c2hvcnQ|u:p@/);
    },
  );
});

describe("the settings file", () => {
  it("has channels, whose secrets may be in files, and rules", () => {
    const { notifications, mistakes } = parseFile(
      `  blindAfterMinutes: 2
  channels:
    team: { type: slack, tokenFile: token, channel: C0123456789 }
    ci: { type: webhook, url: "https://ci.example.com/\${PATH_OF_CI}", secret: "${secret}" }
  rules:
    - channel: team
      endpoints: ["acme-*"]
      events: [failed, stalled]
      quiet: { from: "22:00", until: "07:00", timeZone: Europe/Berlin }
    - channel: slack
      organizations: [acme]
`,
      {
        PATH_OF_CI: "hidden-path",
        ROLLCALL_SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/T0/B0/secret",
      },
      { token: "xoxb-from-file\n" },
    );
    expect(mistakes).toEqual([]);
    expect(notifications?.blindAfter).toBe(2 * minute);
    expect(notifications?.channels.map(({ name }) => name)).toEqual(["slack", "team", "ci"]);
    expect(notifications?.rules).toEqual([
      {
        ...{ ...everything, channel: "team", endpoints: ["acme-*"], events: ["failed", "stalled"] },
        quiet: { from: 22 * 60, until: 7 * 60, timeZone: "Europe/Berlin" },
      },
      { ...everything, channel: "slack", organizations: ["acme"] },
    ]);
    if (notifications === undefined) throw new Error("There are no notifications.");
    const secrets = channelSecrets(notifications.channels).join(" ");
    for (const value of ["xoxb-from-file", "hidden-path", "/services/T0/B0/secret", secret])
      expect(secrets).toContain(value);
  });

  it("reports every mistake with its path", () => {
    const { mistakes } = parseFile(`  blindAfterMinutes: 0
  channels:
    team: { type: slack, channel: C0123456789 }
    other: { type: pigeon }
    file: { type: slack, tokenFile: missing, channel: C0123456789 }
    "bad name": { type: webhook, url: "https://example.com", secret: "${secret}" }
  rules:
    - events: [failed, exploded]
      quiet: { from: "25:00", until: "07:00", timeZone: Mars }
      color: red
`);
    const lines = mistakes.map(({ setting, problem }) => `${setting} ${problem}`).join("\n");
    for (const part of [
      "rollcall.yaml: notifications.blindAfterMinutes must be at least 1.",
      "rollcall.yaml: notifications.channels.team.token is missing.",
      "rollcall.yaml: notifications.channels.other.type must have a type, one of: slack, slack-webhook, webhook, teams, mail, pagerduty, pagerduty-changes, grafana.",
      "rollcall.yaml: notifications.channels.file.tokenFile names a file that cannot be read (ENOENT): missing",
      "rollcall.yaml: notifications.channels.bad name",
      "rollcall.yaml: notifications.rules[0].channel is missing.",
      "rollcall.yaml: notifications.rules[0].events[1] must be one of: started,",
      "rollcall.yaml: notifications.rules[0].quiet.from must be a time of day",
      "rollcall.yaml: notifications.rules[0].quiet.timeZone must be a time zone",
      "rollcall.yaml: notifications.rules[0].color is not a setting",
    ])
      expect(lines).toContain(part);
  });

  it("names rules without a channel, and channels that the environment has already", () => {
    const { mistakes } = parseFile(
      `  channels:
    slack: { type: slack-webhook, url: "https://hooks.slack.com/services/x" }
  rules: [{ channel: nowhere }]
`,
      { ROLLCALL_SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/y" },
    );
    expect(mistakes.map(({ setting }) => setting)).toEqual([
      "rollcall.yaml: notifications.rules[0].channel",
      "rollcall.yaml: notifications.channels.slack",
    ]);
  });
});
