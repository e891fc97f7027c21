import { Message } from "@/components/site/message";

export default function EndpointNotFound() {
  return (
    <Message
      title="No such endpoint · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="No endpoint of this name is watched here."
    >
      <p>
        The address may be misspelt or cut short. If the endpoint is new, Rollcall finds it at its next look
        at the organization’s list. If it was watched before, it may have been taken out of the settings.
      </p>
    </Message>
  );
}
