import { Message } from "../site/message";

/** What a guest link says that is unknown, past its end or revoked: the same for all three. */
export function ClosedLink() {
  return (
    <Message
      title="Closed link · Rollcall"
      shape="unknown"
      name="Closed"
      sentence="This link opens nothing, or nothing any more."
      isAlone
    >
      <p>It may be cut short, past its end, or revoked. Ask whoever gave it to you for a new one.</p>
    </Message>
  );
}
