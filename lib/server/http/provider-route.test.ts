import { NextRequest } from "next/server";
import { afterEach, expect, it } from "vitest";

import { peerHeader } from "@/lib/server/access/client-address";
import { createRateLimit, mostOfAddress } from "@/lib/server/access/rate-limit";
import { newDatabasePath } from "@/lib/server/db/testing/history-file";
import { openTestContext } from "@/lib/server/services/testing/context";

import { providerRoute } from "./provider-route";

afterEach(() => {
  globalThis.rollcallContext = undefined;
});

function ask(address: string): Promise<Response> {
  const host = "rollcall.example.com";
  const headers = { host, [peerHeader]: "10.0.0.1", "x-forwarded-for": address };
  const request = new NextRequest(`https://${host}/api/auth/signin/oidc`, { method: "POST", headers });
  return providerRoute(request, { params: Promise.resolve({ nextauth: ["signin", "oidc"] }) });
}

it("limits sign-ins with an identity provider by address", async () => {
  const ctx = await openTestContext(newDatabasePath(), { ROLLCALL_TRUSTED_PROXIES: "10.0.0.1" });
  globalThis.rollcallContext = { ...ctx, rateLimit: createRateLimit(() => 0) };
  for (let asked = 0; asked < mostOfAddress.api; asked += 1) {
    expect((await ask("203.0.113.9")).status).toBe(404);
  }
  const limited = await ask("203.0.113.9");
  expect(limited.status).toBe(429);
  expect(limited.headers.get("retry-after")).toBe("10");
  expect((await ask("203.0.113.10")).status).toBe(404);
});
