import { Message } from "@/components/site/message";

export default function EndpointNotFound() {
  return (
    <Message
      title="Endpoint not found · Rollcall"
      shape="unknown"
      name="Not found"
      sentence="Rollcall doesn’t watch an endpoint with this name."
    >
      <p>
        The address may be misspelled or incomplete. A new endpoint appears the next time Rollcall reads the
        organization’s list. An endpoint that was watched before may have been removed from the settings.
      </p>
    </Message>
  );
}
