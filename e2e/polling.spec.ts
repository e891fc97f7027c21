import type { Page, Response } from "@playwright/test";
import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const ENDPOINT = "acme-qwen-3-32b";
const PATH = `/api/v1/endpoints/${ENDPOINT}`;

/** Lets a test hide the tab, because a headless browser always reports it as visible. */
async function steerVisibility(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let state: DocumentVisibilityState = "visible";
    Object.defineProperty(document, "visibilityState", { get: () => state });
    Object.defineProperty(document, "hidden", { get: () => state === "hidden" });
    window.addEventListener("test-visibility", (event) => {
      state = event instanceof CustomEvent && event.detail === "hidden" ? "hidden" : "visible";
      document.dispatchEvent(new Event("visibilitychange"));
      window.dispatchEvent(new Event("visibilitychange"));
    });
  });
}

/** Returns the time, in ms of the page's clock. */
function setVisibility(page: Page, state: DocumentVisibilityState): Promise<number> {
  return page.evaluate((detail) => {
    const at = performance.now();
    window.dispatchEvent(new CustomEvent("test-visibility", { detail }));
    return at;
  }, state);
}

/** The start times of the polls answered since `at`, in ms after it, by the page's clock. */
function pollsSince(page: Page, at: number): Promise<number[]> {
  return page.evaluate(
    ({ path, since }) =>
      performance
        .getEntriesByType("resource")
        .filter(({ name, startTime }) => new URL(name).pathname === path && startTime >= since)
        .map(({ startTime }) => startTime - since),
    { path: PATH, since: at },
  );
}

function countPolls(page: Page): { readonly count: number } {
  const polls = { count: 0 };
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === PATH) polls.count += 1;
  });
  return polls;
}

test.use({ scenario: "stuck" });

test("polling pauses while the tab is hidden and resumes with one immediate poll", async ({
  page,
  simulator,
}) => {
  await steerVisibility(page);
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const polls = countPolls(page);
  await expect.poll(() => polls.count).toBeGreaterThan(1);

  await setVisibility(page, "hidden");
  await expect.poll(() => page.evaluate(() => document.visibilityState)).toBe("hidden");
  const hiddenAt = polls.count;
  // The server continues to poll: its five polls are at least four seconds without a poll of the page.
  const { total } = await simulator.countRequests(`/management/v1/endpoints/${ENDPOINT}`);
  await expect
    .poll(async () => (await simulator.countRequests(`/management/v1/endpoints/${ENDPOINT}`)).total)
    .toBeGreaterThan(total + 5);
  expect(polls.count - hiddenAt).toBeLessThanOrEqual(1);

  const shownAt = await setVisibility(page, "visible");
  await expect.poll(async () => (await pollsSince(page, shownAt)).length).toBeGreaterThan(2);
  const [first = Infinity] = await pollsSince(page, shownAt);
  expect(first).toBeLessThan(500);
});

test("what happened while the tab was hidden is in the chart on return", async ({ page, simulator }) => {
  await steerVisibility(page);
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  await screen.showTable();
  await setVisibility(page, "hidden");
  const { at } = await simulator.fault({ kind: "status", status: 503 });
  const refused = async () => (await simulator.requests(at)).filter(({ status }) => status === 503).length;
  await expect.poll(refused, { timeout: 20_000 }).toBeGreaterThan(4);
  await simulator.clearFaults();
  const freshness = async () => (await (await page.request.get(PATH)).text()).includes('"state":"live"');
  await expect.poll(freshness, { timeout: 20_000 }).toBe(true);
  expect(await screen.gapReasons()).not.toContainEqual(expect.stringMatching(/answers 503/));

  await setVisibility(page, "visible");
  await expect.poll(() => screen.gapReasons()).toContainEqual(expect.stringMatching(/answers 503/));
});

test("an unchanged endpoint gets 304 with the age of the data", async ({ page }) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const responses: Response[] = [];
  page.on("response", (response) => {
    if (new URL(response.url()).pathname === PATH) responses.push(response);
  });
  const newest = () => responses.slice(-3);
  await expect.poll(() => newest().map((response) => response.status())).toEqual([304, 304, 304]);
  for (const response of newest()) {
    const headers = response.headers();
    expect(Number(headers["rollcall-age"])).toBeGreaterThanOrEqual(0);
    expect(Number(headers["rollcall-age"])).toBeLessThan(3000);
    expect(Number(headers["rollcall-next-poll-in"])).toBeGreaterThan(0);
    expect(headers["etag"]).toMatch(/^W\/".+"$/);
  }
});

test("the number of viewers changes nothing upstream", async ({ page, context, simulator }) => {
  const screen = new EndpointScreen(page);
  await screen.open(ENDPOINT);
  const others = await Promise.all([context.newPage(), context.newPage(), context.newPage()]);
  await Promise.all(others.map((other) => other.goto(`/endpoints/${ENDPOINT}`)));
  const { at } = await simulator.clock({});
  const asked = async () =>
    (await simulator.requests(at)).filter(({ rawPath }) => rawPath.endsWith(`/endpoints/${ENDPOINT}`));
  await expect.poll(async () => (await asked()).length).toBeGreaterThanOrEqual(6);
  const times = (await asked()).map((request) => request.at);
  // Once a second on average, whatever the number of viewers; a loaded machine delays single requests.
  const span = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(span / (times.length - 1)).toBeGreaterThan(900);
});

test("a viewer who polls as advised never sees old data as live", async ({ rollcall, simulator }) => {
  const ask = async () => {
    const response = await fetch(rollcall.url + PATH);
    const isLive = (await response.text()).includes('"state":"live"');
    const age = Number(response.headers.get("rollcall-age"));
    return { isLive, staleBy: age + Number(response.headers.get("rollcall-next-poll-in")) };
  };
  await expect.poll(async () => (await ask()).isLive).toBe(true);
  await simulator.fault({ kind: "status", status: 429, headers: { "retry-after": "10" }, times: 1 });
  const live: number[] = [];
  const isStillLive = async () => {
    const { isLive, staleBy } = await ask();
    if (isLive) live.push(staleBy);
    return isLive;
  };
  await expect.poll(isStillLive, { intervals: [50] }).toBe(false);
  // Polled every second, data is delayed after two. One more second is for the network and a busy machine.
  expect(Math.max(...live)).toBeLessThanOrEqual(3000);
});
