import { ImageResponse } from "next/og";
import { notFound } from "next/navigation";

import { PreviewPicture } from "@/components/endpoint/preview-picture";
import { authorizeGuest } from "@/lib/server/http/authorize-page";
import { createPictures } from "@/lib/server/services/pictures";
import { readEndpoint } from "@/lib/server/services/endpoints";

import { orNotFound } from "@/lib/server/services/errors";

import { describeEndpoint } from "./describe-endpoint";

export const size = { width: 1200, height: 630 };
export const contentType = "image/png";
export const alt = "The state of the endpoint when this link was shared";

const pictures = createPictures();

/** The preview picture of a guest link, drawn once for each observation. 404 for an invalid link. */
export default async function PreviewImage({ params }: { params: Promise<{ token: string }> }) {
  const { ctx, endpointId } = await authorizeGuest((await params).token);
  const answer = endpointId === null ? null : await orNotFound(() => readEndpoint(ctx, { endpointId }));
  if (answer === null) notFound();
  const { body, etag } = answer;
  const picture = await pictures.get(`${body.endpoint.id} ${etag} ${body.freshness.observedAt ?? ""}`, () => {
    const words = describeEndpoint(body, Date.now());
    return new ImageResponse(<PreviewPicture view={body} words={words} />, size).arrayBuffer();
  });
  return new Response(picture, {
    headers: {
      "cache-control": "private, no-store",
      "content-type": contentType,
      "x-content-type-options": "nosniff",
    },
  });
}
