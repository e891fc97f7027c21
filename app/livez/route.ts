import { readLiveness } from "@/lib/server/http/polled-reads";
import { toResponse } from "@/lib/server/http/reply";

export function GET(): Response {
  return toResponse(readLiveness());
}
