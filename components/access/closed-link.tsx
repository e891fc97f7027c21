import { Message } from "../site/message";

/**
 * Replaces the page of a guest link that is unknown, expired or revoked. It doesn’t say which of the three. Rendered on the
 * server, so that it is readable where scripts do not run.
 */
export function ClosedLink() {
  return (
    <Message
      title="Invalid link · Rollcall"
      shape="unknown"
      name="Invalid"
      sentence="This link is invalid or has expired."
      isAlone
    >
      <p>It may be incomplete, expired or revoked. Ask the person who sent it for a new one.</p>
    </Message>
  );
}
