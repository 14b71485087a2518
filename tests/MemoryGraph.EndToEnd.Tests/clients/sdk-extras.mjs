// Uses what a server offers beside its tools, through the official TypeScript SDK: node sdk-extras.mjs COMMAND [ARGUMENT …]
// Prints what it saw as one JSON object.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [command, ...args] = process.argv.slice(2);
const client = new Client({ name: 'sdk-client', version: '1.0' });
await client.connect(new StdioClientTransport({ command, args, env: { ...process.env }, stderr: 'inherit' }));
await client.callTool({ name: 'create_entity', arguments: { name: 'Đăng nhập', entityType: 'feature', observations: ['likes tea'] } });
const text = async uri => (await client.readResource({ uri })).contents[0].text;
const { resources } = await client.listResources();
const { resourceTemplates } = await client.listResourceTemplates();
const { prompts } = await client.listPrompts();
const { completion } = await client.complete({
  ref: { type: 'ref/resource', uri: 'memory://entity/{name}' }, argument: { name: 'name', value: 'dang' },
});
const entity = await text(`memory://entity/${encodeURIComponent(completion.values[0])}`);
const past = await text(`memory://graph/at/${encodeURIComponent('#1')}`);
const prompt = await client.getPrompt({ name: 'recall_before_work', arguments: { task: 'mend it' } });
let missing;
try {
  await text('memory://entity/nobody');
} catch (error) {
  missing = error.message;
}
await client.close();
console.log(JSON.stringify({
  resources: resources.map(one => one.uri), templates: resourceTemplates.map(one => one.uriTemplate), prompts: prompts.map(one => one.name),
  entity, past, prompt: prompt.messages[0].content.text, missing,
}));
