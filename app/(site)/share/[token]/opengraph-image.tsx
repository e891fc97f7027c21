import { ImageResponse } from "next/og";
import { notFound } from "next/navigation";

import { PreviewPicture } from "@/components/endpoint/preview-picture";
import { authorizeGuest } from "@/lib/server/http/authorize-page";
import { readEndpoint } from "@/lib/server/services/read-endpoint";

import { describeEndpoint } from "./describe-endpoint";

export const size = { width: 1200, height: 630 };
export const contentType = "image/png";
export const alt = "The state of the endpoint when this link was shared";

/** What a chat shows of a guest link: the state as of a moment. Only for a link that opens. */
export default async function PreviewImage({ params }: { params: Promise<{ token: string }> }) {
  const endpointId = await authorizeGuest((await params).token);
  const answer = endpointId === null ? null : await readEndpoint(endpointId);
  if (answer === null) notFound();
  const words = describeEndpoint(answer.body, Date.now());
  return new ImageResponse(<PreviewPicture view={answer.body} words={words} />, {
    ...size,
    headers: { "cache-control": "private, no-store", "x-content-type-options": "nosniff" },
  });
}
