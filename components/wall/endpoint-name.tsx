/** How much of the end of an id always shows: ids of one model differ there. */
const tail = 8;

/** An endpoint's id. Where it is too long for its place it is cut in its middle. */
export function EndpointName({ id }: { id: string }) {
  return (
    <span className="wall-id">
      <span>{id.slice(0, -tail)}</span>
      <span>{id.slice(-tail)}</span>
    </span>
  );
}
