import { connect, createServer } from "node:net";

/** The first port from `first` on that is free on this machine's loopback addresses. */
export async function freePort(first) {
  for (let port = first; port < first + 100; port += 1) {
    if ((await canListen(port)) && !(await isAnswered(port))) return port;
  }
  throw new Error(`No free port between ${first} and ${first + 99}.`);
}

function canListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** Browsers may resolve localhost to ::1, where another program can have the same port. */
function isAnswered(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "::1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
