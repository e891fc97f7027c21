import { Message } from "@/components/site/message";

/** What is said of an address that leads nowhere, or to what one may not see. */
export default function NotFound() {
  return (
    <Message
      title="No such page · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="There is no page at this address."
    >
      <p>
        The address may be misspelt or cut short, or the page is not yours to see. Every endpoint that you may
        see is on the first page.
      </p>
    </Message>
  );
}
