import { readReady } from "@/lib/server/http/polled-reads";
import { toResponse } from "@/lib/server/http/reply";

export const dynamic = "force-dynamic";

export function GET(): Response {
  return toResponse(readReady());
}
