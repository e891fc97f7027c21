import { HOSTILE_TEXTS } from "./support/hostile-texts";
import { expect, test } from "./support/test";

const ids = HOSTILE_TEXTS.map((_, index) => `acme-hostile-${index}`);

test.use({
  settings: {
    ROLLCALL_ENDPOINTS: ids.join(","),
    CEREBRAS_ORG: undefined,
    ROLLCALL_POLL_ACTIVE_SECONDS: "30",
  },
});

/** The same text in every text field of the API. The newest rollout has it as status, the other as error. */
function withText(text: string) {
  const deployment = (created: number, own: object) => ({
    model: `orgs/${text}/models/${text}/versions/${text}`,
    version_alias: text,
    created,
    updated_replicas: text,
    total_replicas: 12,
    ...own,
  });
  return {
    org: text,
    arch: text,
    deployments: [
      deployment(1_790_000_100, { id: `status ${text}`, rollout_status: text, error_message: text }),
      deployment(1_790_000_000, { id: `error ${text}`, rollout_status: "in_progress", error_message: text }),
    ],
  };
}

test(`${HOSTILE_TEXTS.length} hostile texts in every field run nothing and break no policy`, async ({
  page,
  simulator,
  rollcall,
}) => {
  test.setTimeout(240_000);
  expect(new Set(HOSTILE_TEXTS).size).toBeGreaterThanOrEqual(60);
  await Promise.all(
    HOSTILE_TEXTS.map((text, index) => simulator.putEndpoint(ids[index] ?? "", withText(text))),
  );
  // Polls at once the endpoints that were requested before they existed.
  await rollcall.restart();
  await page.addInitScript(() => {
    Reflect.set(window, "broken", []);
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      const broken: unknown = Reflect.get(window, "broken");
      if (Array.isArray(broken)) broken.push(`${violatedDirective} ${blockedURI}`);
    });
  });
  const found: string[] = [];
  const look = async (path: string, text: string) => {
    const seen = await page.evaluate(() => ({
      isOwned: "__owned" in window || "polluted" in {},
      broken: JSON.stringify(Reflect.get(window, "broken")),
      strangers: document.querySelectorAll(
        "main :is(script, iframe, object, embed, base, meta, form:not([role=search], [action^='/endpoints/']), img)",
      ).length,
    }));
    if (seen.isOwned || seen.broken !== "[]" || seen.strangers > 0 || new URL(page.url()).pathname !== path)
      found.push(`${path} ${JSON.stringify(text)}: ${JSON.stringify(seen)} ${page.url()}`);
  };
  page.on("dialog", (dialog) => {
    found.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  for (const [index, text] of HOSTILE_TEXTS.entries()) {
    const path = `/endpoints/${ids[index] ?? ""}`;
    await expect
      .poll(async () => (await fetch(`${rollcall.url}/api/v1${path}`)).text())
      .toContain('"status":"in_progress"');
    await page.goto(path);
    await page.getByRole("button", { name: "Show the reply" }).click();
    await expect(page.getByLabel("Raw reply", { exact: true })).toBeVisible();
    await look(path, text);
  }
  for (const path of ["/", "/doctor", "/wall"]) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await look(path, "all of them");
  }
  expect(found).toEqual([]);
});
