const endpointId = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,126}[A-Za-z0-9])?$/;

/**
 * Whether a decoded value can be an endpoint id or organization name. No accepted value can leave a path segment or
 * break a header.
 */
export function isEndpointId(value: string): boolean {
  return endpointId.test(value) && !value.includes("..");
}
