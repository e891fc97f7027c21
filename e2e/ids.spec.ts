import { Agent } from "node:http";
import { CLIMBING_IDS, HOSTILE_IDS } from "./support/hostile-ids";
import { askRaw } from "./support/raw-ask";
import { expect, test } from "./support/shared-test";

type Route = (id: string) => string;

/** Every route of the API that takes an id, with the id in its place. */
const API_ROUTES: readonly Route[] = [
  (id) => `/api/v1/endpoints/${id}`,
  (id) => `/api/v1/endpoints/${id}/events`,
  (id) => `/api/v1/endpoints/${id}/raw`,
  (id) => `/api/v1/endpoints/${id}/rollouts`,
  (id) => `/api/v1/endpoints/${id}/rollouts/d`,
  (id) => `/api/v1/endpoints/acme-done/rollouts/${id}`,
  (id) => `/api/v1/endpoints/${id}/links`,
  (id) => `/api/v1/endpoints/${id}/rollouts/d/series.csv`,
  (id) => `/api/v1/endpoints/${id}/rollouts/d/receipt.md`,
  (id) => `/api/v1/endpoints/acme-done/rollouts/${id}/series.csv`,
  (id) => `/api/v1/endpoints/acme-done/rollouts/${id}/receipt.md`,
  (id) => `/api/v1/shared/rollouts/${id}`,
];

/** Every page that takes one. A page is some ten times as dear as an answer of the API. */
const PAGES: readonly Route[] = [
  (id) => `/endpoints/${id}`,
  (id) => `/endpoints/acme-done/rollouts/${id}`,
  (id) => `/endpoints/${id}/rollouts/d`,
  (id) => `/share/${id}`,
  (id) => `/wall?endpoints=${id}`,
  (id) => `/sign-in?to=${id}`,
];

/** Characters that Node accepts unencoded in a request line. */
const toRaw = (id: string) => id.replaceAll(/[^\u0021-\u00ff]/gu, encodeURIComponent);
const toEncoded = (id: string) => encodeURIComponent(id).replaceAll(".", "%2e");
const FORMS: readonly (readonly [string, (id: string) => string])[] = [
  ["raw", toRaw],
  ["encoded", toEncoded],
  ["double encoded", (id) => encodeURIComponent(toEncoded(id))],
];

test(`${HOSTILE_IDS.length} hostile ids, raw, encoded and double encoded, reach neither the upstream nor a fault of ours`, async ({
  rollcall,
  simulator,
}) => {
  test.setTimeout(480_000);
  expect(HOSTILE_IDS.length).toBeGreaterThanOrEqual(500);
  const { at } = await simulator.clock({});
  const agent = new Agent({ keepAlive: true, maxSockets: 6 });
  const broken: string[] = [];
  const served: string[] = [];
  for (const [nthId, id] of HOSTILE_IDS.entries()) {
    // Path traversals are tried in every form at every route. The others form a Latin square: every id at every route
    // of the API, every id in every form, and every form at every route. The pages take these ids in turn.
    const isClimbing = CLIMBING_IDS.includes(id);
    const round = Math.floor(nthId / PAGES.length);
    const pages = isClimbing ? PAGES : PAGES.filter((_, nth) => nth === nthId % PAGES.length);
    const requests = [...API_ROUTES, ...pages].flatMap((route, nthRoute) =>
      FORMS.filter((_, nth) => isClimbing || nth === (round + nthId + nthRoute) % FORMS.length).map(
        ([form, write]) => ({ form, path: route(write(id)) }),
      ),
    );
    const answers = await Promise.all(requests.map(({ path }) => askRaw(rollcall.url, path, { agent })));
    answers.forEach(({ status, body }, index) => {
      const { form, path } = requests[index] ?? { form: "raw", path: "" };
      if (status >= 500) broken.push(`${path} → ${status}`);
      // Some are different addresses: with a query, or the parent page.
      const isItself = new URL(path, rollcall.url).pathname === path;
      if (form !== "raw" && isItself && (status < 300 || body.includes("deployed_models")))
        served.push(`${path} → ${status}`);
    });
  }
  agent.destroy();
  expect(broken).toEqual([]);
  expect(served).toEqual([]);
  const known =
    /^\/management\/v1\/(orgs\/acme\/(endpoints|models\/[a-z0-9.-]+\/versions(\/[a-z0-9-]+)?)|endpoints\/acme-[a-z-]+)$/;
  expect((await simulator.requests(at)).filter(({ rawPath }) => !known.test(rawPath))).toEqual([]);
});

test("an unknown id is a 404 whose page says what to do", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  const response = await page.goto("/endpoints/acme-nobody");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: /endpoint with this name/ })).toBeVisible();
  await expect(page.getByText(/A new endpoint appears the next time/)).toBeVisible();
  await expect(page).toHaveTitle(/Endpoint not found/);
  await page.getByRole("main").getByRole("link", { name: "All endpoints" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("table", { name: "Endpoints" })).toBeVisible();
});

test("an id with ..%2F is a 404 whose page says what to do", async ({ page, complaints }) => {
  complaints.expect(/Failed to load resource: the server responded with a status of 404/);
  const response = await page.goto("/endpoints/..%2Facme-done");
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/endpoint with this name|no page at this/);
});
