import { connect } from "node:net";

export type SocketAnswer = { status: number; head: string; body: string; isClosed: boolean };

const patienceMs = 1_000;
/** How long the first byte of an answer may take on a loaded machine. */
const firstPatienceMs = 10_000;

/**
 * Sends lines verbatim on a separate connection and reads the answer. `isClosed`: the server closed the connection within
 * a second of its answer.
 */
export function askSocket(base: string, lines: readonly string[]): Promise<SocketAnswer> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = connect(Number(port), hostname, () =>
      socket.write([...lines, "", ""].join("\r\n"), "latin1"),
    );
    const conclude = (isClosed: boolean) => {
      socket.destroy();
      const [head = "", ...body] = text.split("\r\n\r\n");
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      resolve({ status, head: head.toLowerCase(), body: body.join("\r\n\r\n"), isClosed });
    };
    socket.setEncoding("latin1").on("data", (part: string) => {
      text += part;
      socket.setTimeout(patienceMs);
    });
    socket.on("end", () => conclude(true));
    socket.on("error", reject);
    socket.setTimeout(firstPatienceMs, () => conclude(false));
  });
}
