import { answerPicture, previewEndpoint } from "@/app/(site)/link-preview";
import { authorizePreview } from "@/lib/server/http/authorize-page";

type Props = { params: Promise<{ endpointId: string }> };

/** The preview picture of an endpoint under open access; 404 otherwise. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  const { endpointId } = await params;
  const ctx = await authorizePreview(endpointId);
  return answerPicture(ctx === null ? null : await previewEndpoint(ctx, endpointId));
}
