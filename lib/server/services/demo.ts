import "server-only";

import type { DemoStep } from "@/lib/contract/demo";
import { pagePaths } from "@/lib/contract/paths";
import { second } from "@/lib/domain/instant";
import { authorize } from "@/lib/server/access/authorize";
import type { Person, Principal } from "@/lib/server/access/principal";
import type { Context } from "@/lib/server/context";

import { notFound, ServiceError } from "./errors";
import { createGuestLink } from "./guest-links";

/** The endpoint that the strip deploys to: at rest until then. */
const playground = "acme-qwen-3-235b";

/** Whether the page at `address` (path and query) shows the demo's strip: pages of guests do not. */
export function hasDemoStrip({ settings }: Context, principal: Principal, address: string | null): boolean {
  if (settings.demoControl === null || address?.startsWith(pagePaths.shared(""))) return false;
  return authorize(principal, "demo:steer", null);
}

/**
 * Takes a step of the demo, in the simulator that it watches. Resolves with the address to go to; null to stay on the
 * page. Everywhere but in the demo nothing is found here: Rollcall itself can neither deploy nor break anything.
 */
export async function steerDemo(
  ctx: Context,
  { person, step }: { person: Person; step: DemoStep },
): Promise<string | null> {
  const control = ctx.settings.demoControl;
  if (control === null) throw notFound();
  switch (step) {
    case "deploy":
      await send(control, "POST", `/endpoints/${playground}/deploy`, { msPerReplica: 3 * second });
      return pagePaths.endpoint(playground);
    case "fail":
      await send(control, "POST", `/endpoints/${playground}/fail`);
      return pagePaths.endpoint(playground);
    case "cut":
      await send(control, "DELETE", "/faults");
      await send(control, "POST", "/faults", { kind: "status", status: 503 });
      return null;
    case "restore":
      await send(control, "DELETE", "/faults");
      return null;
    case "guest": {
      const request = { name: "A guest of the demo", lifetime: "day" } as const;
      return (await createGuestLink(ctx, { person, endpointId: playground, request })).url;
    }
  }
}

async function send(control: URL, method: "POST" | "DELETE", path: string, body: object = {}): Promise<void> {
  const response = await fetch(new URL(path, control), {
    method,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5 * second),
  }).catch(() => null);
  if (response?.ok !== true) throw new ServiceError("unavailable", "The demo's simulator does not answer.");
}
