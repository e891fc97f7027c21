import { connect, createServer } from "node:net";

/** The first port from `first` on that nothing on this machine's loopback addresses listens on. */
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

/** Browsers may take localhost for ::1, where somebody else can have the same port. */
function isAnswered(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "::1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
