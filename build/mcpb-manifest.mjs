// Prints the bundle's manifest: mcpb.json with the project's properties filled in and the tools that the server lists.
// Usage: node mcpb-manifest.mjs SERVER < what "dotnet msbuild -getProperty:…" printed
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { Properties: properties } = JSON.parse(readFileSync(0, 'utf8'));
const template = readFileSync(new URL('mcpb.json', import.meta.url), 'utf8');
const manifest = JSON.parse(template, (_, value) =>
  typeof value === 'string' ? value.replace(/@(\w+)@/g, (_, name) => known(name)) : value);
manifest.tools = (await tools(process.argv[2])).map(({ name, description }) => ({ name, description }));
console.log(JSON.stringify(manifest, null, 2));

function known(name) {
  if (!properties[name]) {
    throw new Error(`mcpb.json asks for the property ${name}, which was not given.`);
  }

  return properties[name];
}

// A whole session at once: the server answers all of it, and ends with its input. Nothing is written, so the store stays away.
async function tools(command) {
  const server = spawn(command, ['serve', '--store', '/nowhere', '--project', 'none'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const hello = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'build', version: '1' } };
  for (const message of [
    { id: 1, method: 'initialize', params: hello },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
  ]) {
    server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  server.stdin.end();
  const answers = (await server.stdout.toArray()).join('').split('\n').filter(Boolean).map(line => JSON.parse(line));
  return answers.find(answer => answer.id === 2).result.tools;
}
