// Uses a server through the official TypeScript SDK: node sdk-client.mjs COMMAND [ARGUMENT …]
// Prints what it saw as one JSON object.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [command, ...args] = process.argv.slice(2);
const client = new Client({ name: 'sdk-client', version: '1.0' });
await client.connect(new StdioClientTransport({ command, args, env: { ...process.env }, stderr: 'inherit' }));
const { tools } = await client.listTools();
const call = async (name, args) => {
  const result = await client.callTool({ name, arguments: args });
  return { isError: result.isError ?? false, text: result.content[0].text };
};
const created = await call('create_entity', { name: 'Ada', entityType: 'person', observations: ['likes tea'] });
const found = await call('search_nodes', { query: 'tea' });
await client.close();
console.log(JSON.stringify({ tools: tools.map(tool => tool.name), created, found }));
