import { afterEach, describe, expect, it } from "vitest";

import { deployment } from "@/lib/domain/testing/rollouts";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import { endpointId, watch } from "@/lib/server/services/testing/watched-endpoint";

import { answerBadge } from "./badge-route";

afterEach(() => {
  globalThis.rollcallContext = undefined;
});

async function serve(badges: "off" | "all" | string[]) {
  const { ctx, answer } = await watch(() => Promise.resolve({ engine: "sqlite", file: newDatabasePath() }));
  await answer([deployment({ status: "in_progress", updatedReplicas: 7, totalReplicas: 12 })]);
  globalThis.rollcallContext = { ...ctx, settings: { ...ctx.settings, badges } };
  const ask = (file: string, headers = {}) => {
    const host = new URL(ctx.settings.publicUrl).host;
    const url = `https://${host}/badge/${file}`;
    return answerBadge(new Request(url, { headers: { host, ...headers } }), file.split("?", 1)[0] ?? "");
  };
  return { ask, answer };
}

describe("GET /badge/{id}", () => {
  it("is an image that proxies keep for a moment, and can ask for again", async () => {
    const { ask, answer } = await serve([endpointId]);
    const response = await ask(`${endpointId}.svg`);
    expect(await response.text()).toContain("7 of 12");
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "image/svg+xml",
      "cache-control": "public, max-age=30, must-revalidate",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
    const etag = response.headers.get("etag") ?? "";
    const asked = { "if-none-match": etag };
    const again = await ask(`${endpointId}.svg`, asked);
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
    await answer([deployment({ status: "done", updatedReplicas: 12, totalReplicas: 12 })]);
    expect((await ask(`${endpointId}.svg`, asked)).status).toBe(200);
    expect((await ask(`${endpointId}.svg?theme=pink`)).status).toBe(400);
  });

  it("is what shields.io reads", async () => {
    const { ask } = await serve("all");
    const response = await ask(`${endpointId}.json`);
    expect(await response.json()).toMatchObject({ schemaVersion: 1, label: endpointId, cacheSeconds: 300 });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each(["off" as const, ["acme-other"]])(
    "with %j answers as for an endpoint that does not exist",
    async (badges) => {
      const { ask } = await serve(badges);
      for (const file of [`${endpointId}.svg`, `${endpointId}.json`, endpointId]) {
        const [hidden, none] = [await ask(file), await ask(file.replace(endpointId, "acme-none"))];
        expect([hidden.status, [...hidden.headers], await hidden.text()]).toEqual([
          404,
          [...none.headers],
          await none.text(),
        ]);
      }
    },
  );
});
