import { NextRequest } from "next/server";
import { expect, it, vi } from "vitest";

import { peerHeader } from "@/lib/server/access/client-address";
import { createRateLimit, mostOfAddress } from "@/lib/server/access/rate-limit";
import { parseSettings } from "@/lib/server/config/settings";

import { providerRoute } from "./provider-route";

const { settings } = parseSettings({
  CEREBRAS_MANAGEMENT_API_KEY: "key",
  CEREBRAS_ORG: "acme",
  ROLLCALL_TRUSTED_PROXIES: "10.0.0.1",
});
const rateLimit = createRateLimit(() => 0);
vi.mock("@/lib/server/wiring", () => ({
  hasStarted: () => true,
  rollcall: () => ({ settings, rateLimit }),
}));

function ask(address: string): Promise<Response> {
  const headers = { host: "localhost:3000", [peerHeader]: "10.0.0.1", "x-forwarded-for": address };
  const request = new NextRequest("http://localhost:3000/api/auth/signin/oidc", { method: "POST", headers });
  return providerRoute(request, { params: Promise.resolve({ nextauth: ["signin", "oidc"] }) });
}

it("limits sign-ins with an identity provider by address", async () => {
  for (let asked = 0; asked < mostOfAddress.api; asked += 1) {
    expect((await ask("203.0.113.9")).status).toBe(404);
  }
  const limited = await ask("203.0.113.9");
  expect(limited.status).toBe(429);
  expect(limited.headers.get("retry-after")).toBe("10");
  expect((await ask("203.0.113.10")).status).toBe(404);
});
