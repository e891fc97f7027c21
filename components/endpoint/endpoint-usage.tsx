import { exampleRequest } from "@/lib/presentation/example-request";

import { CopyButton } from "../ui/copy-button";
import { Section } from "../ui/section";

/** How callers address an endpoint: the value of `model`, and a whole request. Rendered on the server only. */
export function EndpointUsage({ id }: { id: string }) {
  const request = exampleRequest(id);
  return (
    <Section name="Use this endpoint">
      <p className="flex flex-wrap items-baseline gap-x-4">
        <span>
          Callers pass <code className="font-mono text-caption">{`"model": "${id}"`}</code>
        </span>
        <CopyButton text={id} what="the model value" />
      </p>
      <details className="mt-2">
        <summary className="w-fit cursor-pointer py-1 text-caption text-quiet underline decoration-line-strong underline-offset-4 hover:text-ink hover:decoration-ink">
          Example request
        </summary>
        <pre tabIndex={0} className="mt-2 overflow-x-auto border border-line p-4 font-mono text-caption">
          {request}
        </pre>
        <p className="mt-2">
          <CopyButton text={request} what="the example request" />
        </p>
      </details>
    </Section>
  );
}
