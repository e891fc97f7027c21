import { z } from "zod";

import { EndpointScreen } from "./support/screen";
import { expect, test } from "./support/test";

const second = 1_000;

const view = z.object({
  freshness: z.object({ state: z.string(), observedAt: z.string().nullable(), basis: z.string().optional() }),
});

test.use({ scenario: "one-org-40", settings: { ROLLCALL_POLL_UNCHANGED_SECONDS: "3600" } });

test("an endpoint that the listing covers is live without polls, and its new rollout is seen at once", async ({
  page,
  rollcall,
  simulator,
}) => {
  const [id = ""] = await simulator.endpointIds();
  const path = `/api/v1/endpoints/${id}`;
  const read = async () => {
    const response = await fetch(`${rollcall.url}${path}`);
    return { age: Number(response.headers.get("rollcall-age")), ...view.parse(await response.json()) };
  };
  await new EndpointScreen(page).open(id);
  await expect.poll(async () => (await read()).freshness.basis).toBe("listing");
  await expect(page.getByText(/listed unchanged at \d\d:\d\d:\d\d/)).toBeVisible();

  const before = await read();
  const listings = () => simulator.countRequests("/management/v1/orgs/acme/endpoints");
  const polls = async () => (await simulator.countRequests(`/management/v1/endpoints/${id}`)).total;
  const former = { polls: await polls(), listings: (await listings()).total };
  await expect
    .poll(async () => (await listings()).total, { timeout: 30 * second })
    .toBeGreaterThan(former.listings + 2);
  const after = await read();
  expect(await polls()).toBe(former.polls);
  // Nothing is claimed beyond the reply, and still it is not old.
  expect(after.freshness).toEqual(before.freshness);
  expect(after.freshness.state).toBe("live");
  expect(after.age).toBeLessThan(10 * second);

  await simulator.deploy(id, { version: 99, msPerReplica: 600_000 });
  await expect(page.getByText(/listed unchanged/)).toHaveCount(0, { timeout: 15 * second });
  await expect.poll(async () => (await read()).freshness.basis).toBeUndefined();
  expect(await polls()).toBeGreaterThan(former.polls);
});
