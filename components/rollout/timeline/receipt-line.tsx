"use client";

import { readText } from "@/lib/client/api";
import { apiPaths } from "@/lib/contract/paths";

import { CopyButton } from "../../ui/copy-button";
import { Section } from "../../ui/section";

const linkLook = "underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-ink";

/** Ways to share a rollout: a link to the current view, its facts in Markdown, the series as CSV or JSON. */
export function ReceiptLine({ endpointId, deploymentId }: { endpointId: string; deploymentId: string }) {
  const receipt = apiPaths.receipt(endpointId, deploymentId);
  return (
    <Section name="Share">
      <dl className="grid max-w-[44rem] grid-cols-[1fr_auto] gap-x-8 gap-y-3">
        <dt>Link to this page with the moment, range and comparison shown</dt>
        <dd className="text-caption text-quiet">
          <CopyButton text={() => Promise.resolve(location.href)} what="the link" />
        </dd>
        <dt>This rollout in Markdown, for a pull request or incident report</dt>
        <dd className="text-caption text-quiet">
          <CopyButton text={() => readText(receipt)} what="the Markdown" />
        </dd>
        <dt>Series as CSV, or everything as JSON</dt>
        <dd className="flex gap-4 text-caption text-quiet">
          <a className={linkLook} href={apiPaths.seriesCsv(endpointId, deploymentId)} download>
            CSV
          </a>
          <a className={linkLook} href={apiPaths.rollout(endpointId, deploymentId)}>
            JSON
          </a>
        </dd>
      </dl>
    </Section>
  );
}
