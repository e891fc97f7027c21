import { describe, expect, it, vi } from "vitest";
import * as z from "zod";

import { rolloutDisplay } from "@/lib/domain/testing/rollout-display";
import { minute } from "@/lib/domain/instant";
import { notification } from "@/lib/server/db/testing/notifications";

import { startReceiver } from "../testing/receiver";
import { startSending } from "../testing/sending";

const token = "glsa_token-of-a-service-account";
const annotation = z.strictObject({
  time: z.int(),
  timeEnd: z.int(),
  tags: z.array(z.string()),
  text: z.string(),
});
type Annotation = z.infer<typeof annotation> & { id: number };

/** Grafana's annotations over real HTTP. The answers to the calls in `lost` are errors, though they did their work. */
async function startGrafana(lost: readonly number[] = []) {
  const annotations: Annotation[] = [];
  const receiver = await startReceiver(({ method, path, headers, body }, nth) => {
    const { pathname, searchParams } = new URL(path, "http://grafana");
    if (headers.authorization !== `Bearer ${token}`) return { status: 401 };
    const answer = (value: object) =>
      lost.includes(nth) ? { status: 502 } : { status: 200, body: JSON.stringify(value) };
    if (method === "GET") {
      const tags = searchParams.getAll("tags");
      return answer(annotations.filter((each) => tags.every((tag) => each.tags.includes(tag))));
    }
    const given = annotation.parse(JSON.parse(body));
    if (method === "POST") {
      const id = annotations.length + 1;
      annotations.push({ id, ...given });
      return answer({ message: "Annotation added", id });
    }
    const known = annotations.find(({ id }) => pathname === `/grafana/api/annotations/${id}`);
    if (known === undefined) return { status: 404, body: "{}" };
    Object.assign(known, given);
    return answer({ message: "Annotation patched" });
  });
  const url = new URL("/grafana", receiver.url);
  return { annotations, ...(await startSending([{ name: "team", type: "grafana", url, token }])) };
}

const patience = { timeout: 10_000 };

describe("annotations in Grafana", () => {
  it("a rollout is one region from its start to its end", async () => {
    const { annotations, write } = await startGrafana();
    await write([notification("started", { at: 8 * minute })]);
    await vi.waitFor(() => expect(annotations).toHaveLength(1), patience);
    expect(annotations).toMatchObject([{ time: 6 * minute, timeEnd: 6 * minute }]);
    await write([notification("finished", { at: 14 * minute })]);
    await vi.waitFor(() => expect(annotations[0]?.timeEnd).toBe(14 * minute), patience);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.text).toContain("acme-one: v7 → v8 is done after 8 min");
    expect(annotations[0]?.tags).toEqual(expect.arrayContaining(["rollcall", "acme-one"]));
  });

  it("an annotation whose answer was lost is found again instead of a second one", async () => {
    const { annotations, write, states } = await startGrafana([1]);
    await write([notification("started", { at: 8 * minute })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    expect(annotations).toHaveLength(1);
  });

  it("one that someone deleted is created again, and text from upstream is no markup", async () => {
    const { annotations, write, states } = await startGrafana();
    await write([notification("started", { at: 8 * minute })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent"]), patience);
    annotations.splice(0);
    const display = rolloutDisplay({ status: "error", errorMessage: "<img src=x onerror=alert(1)>" });
    await write([notification("failed", { at: 14 * minute, display })]);
    await vi.waitFor(async () => expect(await states()).toEqual(["team sent", "team sent"]), patience);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.text).toContain("&lt;img src=x onerror=alert(1)&gt;");
  });
});
