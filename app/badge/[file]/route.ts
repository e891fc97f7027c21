import { answerBadge } from "@/lib/server/http/badge-route";

type Props = { params: Promise<{ file: string }> };

export const dynamic = "force-dynamic";

/** The badge of an endpoint, `{id}.svg` or `{id}.json`. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  return answerBadge(request, (await params).file);
}
