import { answerPicture, previewRollout } from "@/app/(site)/link-preview";
import { authorizeGuest } from "@/lib/server/http/authorize-page";

type Props = { params: Promise<{ token: string; deploymentId: string }> };

/** The preview picture of a rollout behind a guest link. 404 for an invalid link. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  const { token, deploymentId } = await params;
  const { ctx, endpointId } = await authorizeGuest(token);
  return answerPicture(endpointId === null ? null : await previewRollout(ctx, { endpointId, deploymentId }));
}
