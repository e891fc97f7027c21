import { Message } from "@/components/site/message";

/** Also shown for pages that the viewer may not see, so that it doesn't reveal which ones exist. */
export default function NotFound() {
  return (
    <Message
      title="Page not found · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="There’s no page at this address."
    >
      <p>
        The address may be misspelled or incomplete, or you don’t have access. The start page lists all
        endpoints that you can see.
      </p>
    </Message>
  );
}
