import type { Metadata } from "next";
import { ImageResponse } from "next/og";

import { PreviewPicture } from "@/components/endpoint/preview-picture";
import { writeUtc } from "@/lib/client/time/write-moment";
import { currentRollout, featuredRollouts, timelineEnd } from "@/lib/contract/current-rollout";
import type { EndpointView } from "@/lib/contract/endpoint-view";
import type { RolloutView } from "@/lib/contract/rollout-view";
import type { Instant } from "@/lib/domain/instant";
import { toHeadline } from "@/lib/presentation/rollout-headline";
import { errorSentence, lastKnownSentence, rolloutSentence } from "@/lib/presentation/rollout-sentence";
import { sentenceText, type Sentence } from "@/lib/presentation/sentence-text";
import { toVisibleText } from "@/lib/presentation/visible-text";
import type { Context } from "@/lib/server/context";
import { createPictures } from "@/lib/server/services/pictures";
import { readEndpoint } from "@/lib/server/services/endpoints";
import { orNotFound } from "@/lib/server/services/errors";
import { readRollout } from "@/lib/server/services/rollout-detail";

/**
 * What a link shows in a chat. It is read later than it is made, so it names the moment of what it says. `isCurrent`:
 * live, or over for good; otherwise the picture has no color.
 */
export type LinkPreview = {
  title: string;
  description: string;
  rollout: RolloutView | null;
  isCurrent: boolean;
  /** Changes with everything that the picture shows. */
  key: string;
};

type Freshness = EndpointView["freshness"];

/** The preview of an endpoint; null if there is none. */
export async function previewEndpoint(ctx: Context, endpointId: string): Promise<LinkPreview | null> {
  const answer = await orNotFound(() => readEndpoint(ctx, { endpointId }));
  if (answer === null) return null;
  const { body: view, etag } = answer;
  const featured = featuredRollouts(view);
  const isCurrent = isLive(view.freshness);
  const live = featured.length > 1 ? toHeadline(featured).sentence : rolloutSentence(featured[0] ?? null);
  const { observedAt } = view.freshness;
  const sentence = isCurrent ? live : lastKnownSentence(featured[0] ?? null, observedAt);
  const texts = toTexts(endpointId, { sentence, asOf: observedAt, rollout: featured[0] ?? null });
  const rollout = currentRollout(view);
  return { ...texts, rollout, isCurrent, key: `${endpointId} ${etag} ${observedAt ?? ""}` };
}

/** The preview of one rollout; null if there is none. */
export async function previewRollout(
  ctx: Context,
  { endpointId, deploymentId }: { endpointId: string; deploymentId: string },
): Promise<LinkPreview | null> {
  const endpoint = await orNotFound(() => readEndpoint(ctx, { endpointId }));
  const answer = await orNotFound(() => readRollout(ctx, { endpointId, deploymentId }));
  if (endpoint === null || answer === null) return null;
  const { rollout } = answer.body;
  const { freshness } = endpoint.body;
  const end = timelineEnd(rollout);
  const isCurrent = end !== null || isLive(freshness);
  const asOf = end ?? freshness.observedAt;
  const sentence = isCurrent ? rolloutSentence(rollout) : lastKnownSentence(rollout, freshness.observedAt);
  const key = `${endpointId} ${deploymentId} ${answer.etag} ${String(isCurrent)} ${asOf ?? ""}`;
  return { ...toTexts(endpointId, { sentence, asOf, rollout }), rollout, isCurrent, key };
}

function isLive({ state, observedAt }: Freshness): boolean {
  return state === "live" && observedAt !== null;
}

function toTexts(
  endpointId: string,
  { sentence, asOf, rollout }: { sentence: Sentence; asOf: Instant | null; rollout: RolloutView | null },
): { title: string; description: string } {
  const now = Date.now();
  const moment = (at: Instant) => writeUtc(at, now, "short");
  const toText = (each: Sentence) => sentenceText(each, { now, moment, quote: toVisibleText });
  const when = asOf === null ? "not seen yet" : `as of ${moment(asOf)}`;
  const error = rollout === null ? null : errorSentence(rollout);
  return {
    title: toText(sentence),
    description: toVisibleText(`${endpointId}, ${when}${error === null ? "" : `. ${toText(error)}`}`),
  };
}

const size = { width: 1200, height: 630 };

/** The preview as a page names it; `picture` is the path of its picture. */
export function toPreviewMetadata(
  { settings }: Context,
  { title, description }: LinkPreview,
  picture: string,
): Metadata {
  const images = [
    { url: new URL(picture, settings.publicUrl), ...size, alt: "The state when this link was shared" },
  ];
  return {
    metadataBase: settings.publicUrl,
    description,
    openGraph: { title, description, siteName: "Rollcall", type: "website", images },
    twitter: { card: "summary_large_image" },
  };
}

const pictures = createPictures();

/** The preview picture, drawn once for each observation. 404 without a preview. */
export async function answerPicture(preview: LinkPreview | null): Promise<Response> {
  if (preview === null) return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  const picture = await pictures.get(preview.key, () =>
    new ImageResponse(<PreviewPicture preview={preview} />, size).arrayBuffer(),
  );
  return new Response(picture, {
    headers: {
      "cache-control": "private, no-store",
      "content-type": "image/png",
      "x-content-type-options": "nosniff",
    },
  });
}
