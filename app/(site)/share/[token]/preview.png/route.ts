import { answerPicture, previewEndpoint } from "@/app/(site)/link-preview";
import { authorizeGuest } from "@/lib/server/http/authorize-page";

type Props = { params: Promise<{ token: string }> };

/** The preview picture of a guest link. 404 for an invalid link. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  const { ctx, endpointId } = await authorizeGuest((await params).token);
  return answerPicture(endpointId === null ? null : await previewEndpoint(ctx, endpointId));
}
