import { PASSWORD, SIGN_IN, enter, firstPassword, makeToken } from "./support/people";
import { askRaw } from "./support/raw-ask";
import { expect, test } from "./support/test";

test.use({ settings: SIGN_IN });

test("metrics are for this machine and for tokens, and name what is watched and asked", async ({
  rollcall,
}) => {
  const ask = (headers: Record<string, string> = {}) => askRaw(rollcall.url, "/metrics", { headers });
  await expect
    .poll(async () => (await ask()).body)
    .toMatch(/^rollcall_history_writes_total\{outcome="ok"\} [1-9]/m);
  const { status, headers, body } = await ask();
  expect(status).toBe(200);
  expect(headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(headers["cache-control"]).toBe("no-store");
  expect(body).toMatch(/^rollcall_leader 1$/m);
  expect(body).toMatch(/^rollcall_history_saved 1$/m);
  expect(body).toContain('rollcall_endpoint_blind{endpoint="acme-qwen-3-32b"} 0');
  expect(body).toMatch(
    /^rollcall_upstream_requests_total\{organization="acme",operation="endpoint",outcome="ok"\} [1-9]/m,
  );
  expect(body).toMatch(/^rollcall_http_requests_total\{route="\/metrics",method="GET",status="200"\} [1-9]/m);
  expect(body).toMatch(/^process_cpu_seconds_total /m);

  // Through a proxy on this machine, and under a name that means another one.
  const proxied = { "x-forwarded-for": "203.0.113.7" };
  expect((await ask(proxied)).status).toBe(401);
  expect((await ask({ host: "rollcall.example.com" })).status).toBe(401);
  const cookie = await enter(rollcall, "admin", firstPassword(rollcall), PASSWORD);
  const reading = await makeToken(rollcall, cookie, { name: "ci" });
  const metrics = await makeToken(rollcall, cookie, { name: "prometheus", scopes: ["metrics"] });
  const bearer = ({ token }: { token: string }) => ({ ...proxied, authorization: `Bearer ${token}` });
  expect((await ask(bearer(reading))).status).toBe(403);
  expect((await ask(bearer(metrics))).status).toBe(200);
  expect((await ask({ ...bearer(metrics), host: "10.0.0.7:3000" })).status).toBe(200);

  await rollcall.restart({ ROLLCALL_METRICS: "off" });
  expect((await ask()).status).toBe(404);
});
