import { answerPicture, previewRollout } from "@/app/(site)/link-preview";
import { authorizePreview } from "@/lib/server/http/authorize-page";

type Props = { params: Promise<{ endpointId: string; deploymentId: string }> };

/** The preview picture of a rollout under open access; 404 otherwise. */
export async function GET(_: Request, { params }: Props): Promise<Response> {
  const { endpointId, deploymentId } = await params;
  const ctx = await authorizePreview(endpointId);
  return answerPicture(ctx === null ? null : await previewRollout(ctx, { endpointId, deploymentId }));
}
