import { z } from "zod";
import { expect, test } from "./support/test";

const listSchema = z.object({
  rollouts: z.array(z.object({ deploymentId: z.string() })),
  nextCursor: z.string().nullable(),
});

test("rollouts are paged by cursor, each once, newest first", async ({ rollcall, simulator }) => {
  const ids = ["p5", "p4", "p3", "p2", "p1"];
  await simulator.putEndpoint("acme-paged", {
    org: "acme",
    arch: "qwen-3-32b",
    deployments: ids.map((id, index) => ({ id, state: "complete", created: 1_790_000_000 - index * 60 })),
  });
  const base = `${rollcall.url}/api/v1/endpoints/acme-paged/rollouts`;
  await expect.poll(async () => (await fetch(`${base}?limit=5`)).status).toBe(200);
  await expect.poll(async () => (await (await fetch(base)).text()).includes("p1")).toBe(true);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page = listSchema.parse(await (await fetch(`${base}?limit=2${query}`)).json());
    expect(page.rollouts.length).toBeLessThanOrEqual(2);
    seen.push(...page.rollouts.map(({ deploymentId }) => deploymentId));
    cursor = page.nextCursor;
  } while (cursor !== null && seen.length < 10);
  expect(seen).toEqual(ids);
});
