import { answerMetrics } from "@/lib/server/http/metrics-route";

/** What Rollcall measures, in the text format of Prometheus. */
export function GET(request: Request): Promise<Response> {
  return answerMetrics(request);
}
