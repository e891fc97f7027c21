import { Message } from "@/components/site/message";

export default function NotFound() {
  return (
    <Message
      title="No such page · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="There is no page at this address."
    >
      <p>
        The address may be misspelt or cut short. Every endpoint that Rollcall watches is on its first page.
      </p>
    </Message>
  );
}
