import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { mkdtempSync } from "node:fs";

import { PASSWORD, SIGN_IN, enter, firstPassword } from "./support/people";
import { expect, test } from "./support/test";

const FILE = join(mkdtempSync(join(tmpdir(), "rollcall-settings-")), "rollcall.yaml");
const GLOBEX_KEY = "csk-globex-management-key";

/** Replaces the file as a whole, as editors do. */
async function put(text: string): Promise<void> {
  await writeFile(`${FILE}.new`, text);
  await rename(`${FILE}.new`, FILE);
}

const acme = "  - { name: acme, key: '${ACME_KEY}' }\n";
const globex = "  - { name: globex, key: '${GLOBEX_KEY}' }\n";

test.use({
  scenario: "fleet-24",
  settings: {
    ...SIGN_IN,
    CEREBRAS_MANAGEMENT_API_KEY: undefined,
    CEREBRAS_ORG: undefined,
    ROLLCALL_CONFIG: FILE,
    ACME_KEY: "simulator-management-key",
    GLOBEX_KEY,
  },
});

// Runs before Rollcall starts, because the first test starts it.
test.beforeEach(async ({ simulator }) => {
  await put(`organizations:\n${acme}`);
  await simulator.acceptKeys("simulator-management-key", GLOBEX_KEY);
});

test("each organization is polled with its own key; a changed file takes effect, and one with mistakes does not", async ({
  page,
  rollcall,
  simulator,
}) => {
  test.setTimeout(120_000);
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const orgsSeen = async () => {
    const text = await (await fetch(`${rollcall.url}/api/v1/endpoints`, { headers: { cookie } })).text();
    return [...new Set([...text.matchAll(/"org":"(\w+)"/g)].map((match) => match[1]))].toSorted();
  };
  await expect.poll(orgsSeen, { timeout: 20_000 }).toEqual(["acme"]);

  await put(`organizations:\n${acme}${globex}`);
  await expect.poll(orgsSeen, { timeout: 20_000 }).toEqual(["acme", "globex"]);
  const keysFor = async (org: string) => {
    const asked = (await simulator.requests()).filter(({ rawPath }) => rawPath.includes(org));
    const sent = asked.flatMap(({ headers }) =>
      headers.filter(([name]) => name.toLowerCase() === "authorization"),
    );
    return [...new Set(sent.map(([, value]) => value))];
  };
  expect(await keysFor("globex")).toEqual([`Bearer ${GLOBEX_KEY}`]);
  expect(await keysFor("acme")).toEqual(["Bearer simulator-management-key"]);

  const ready = async (): Promise<unknown> => {
    const reported: unknown = await (await fetch(`${rollcall.url}/readyz`)).json();
    return reported;
  };
  expect(await ready()).toMatchObject({ isReady: true, warnings: [] });
  await put(`organizations:\n${acme}  - { naem: initech, key: '\${NOWHERE}' }\n`);
  await expect
    .poll(async () => JSON.stringify(await ready()))
    .toContain("The settings file has had errors since");
  expect(await ready()).toMatchObject({ isReady: true });
  expect(await orgsSeen()).toEqual(["acme", "globex"]);
  for (const mistake of [
    "rollcall.yaml: organizations[1].name is missing.",
    "rollcall.yaml: organizations[1].naem is not a setting that Rollcall knows.",
    "rollcall.yaml: organizations[1].key uses ${NOWHERE}, which is not set.",
  ]) {
    expect(rollcall.output).toContain(mistake);
  }

  const [name = "", value = ""] = cookie.split("=");
  await page.context().addCookies([{ name, value, url: rollcall.url }]);
  await page.goto("/");
  const notice = page.getByRole("status").filter({ hasText: "The settings file has had errors" });
  await expect(notice).toBeVisible();
  await notice.getByRole("link", { name: "Show the errors" }).click();
  await expect(page.getByText(/organizations\[1\]\.naem is not a setting/)).toBeVisible();
  await expect(page.getByText("Management key (globex)")).toBeVisible();

  await put(`organizations:\n${globex}`);
  await expect.poll(orgsSeen, { timeout: 20_000 }).toEqual(["globex"]);
  await expect.poll(ready).toMatchObject({ isReady: true, warnings: [] });
  await page.goto("/");
  await expect(notice).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Endpoints" })).not.toContainText("acme-");
  await simulator.clearRequests();
  await expect.poll(async () => (await simulator.requests()).length).toBeGreaterThan(20);
  expect(await keysFor("acme")).toEqual([]);
});
