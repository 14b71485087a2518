// Lets the conformance suite, which knows servers only by their address, at one that speaks over stdio:
//   node bridge.mjs STAND-INS COMMAND [ARGUMENT …]
// Prints the address as its first line and serves until its input ends. STAND-INS is a JSON object: what is served where the
// suite asks for a fixture of its own. All else passes as it is, in both directions.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { json } from 'node:stream/consumers';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';

const [standIns, command, ...args] = process.argv.slice(2);
const fixtures = Object.entries(JSON.parse(standIns));
const withHandshake = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const methodNotFound = -32601;
const sessions = new Map();
const servers = new Set();

// A server process, and what becomes of each message it sends.
function open(hear) {
  const server = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  servers.add(server);
  server.on('close', () => servers.delete(server));
  server.stdin.on('error', () => {});
  createInterface({ input: server.stdout }).on('line', line => hear(JSON.parse(line)));
  return { tell: message => server.stdin.write(JSON.stringify(message) + '\n'), close: () => server.stdin.end() };
}

// With a handshake: a server for each session. The SDK's transport knows what HTTP asks of sessions.
function openSession() {
  const http = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID, onsessioninitialized: id => sessions.set(id, http),
  });
  const server = open(message => http.send(message).catch(() => {}));
  http.onmessage = server.tell;
  http.onclose = server.close;
  return http;
}

// Without: a server for each request, until it is answered or nobody listens any more.
function exchange(request, response) {
  let streams = false;
  const server = open(message => {
    const isAnswer = message.id === request.id;
    if (isAnswer && !streams) {
      const status = !message.error ? 200 : message.error.code === methodNotFound ? 404 : 400;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(message));
      return;
    }
    if (!streams) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      streams = true;
    }
    response.write(`event: message\ndata: ${JSON.stringify(message)}\n\n`);
    if (isAnswer) {
      response.end();
    }
  });
  response.on('close', server.close);
  server.tell(request);
}

function withStandIns(message) {
  return JSON.parse(fixtures.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), JSON.stringify(message)));
}

const http = createServer(async (request, response) => {
  const here = `127.0.0.1:${http.address().port}`;
  const { host, origin, 'mcp-protocol-version': version, 'mcp-session-id': id } = request.headers;
  if (host !== here || (origin !== undefined && origin !== `http://${here}`)) {
    response.writeHead(403).end();
    return;
  }
  const message = request.method === 'POST' ? withStandIns(await json(request)) : undefined;
  if (version !== undefined && !withHandshake.includes(version)) {
    exchange(message, response);
    return;
  }
  const session = id === undefined ? openSession() : sessions.get(id);
  if (session === undefined) {
    response.writeHead(404).end();
    return;
  }
  await session.handleRequest(request, response, message);
});
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/mcp`));
process.stdin.resume().on('end', () => {
  http.close();
  http.closeAllConnections();
  servers.forEach(server => server.stdin.end());
});
