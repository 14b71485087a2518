// Uses all that a server offers through the official TypeScript SDK: node sdk-session.mjs EDITION CALLS COMMAND [ARGUMENT …]
// EDITION names the SDK and the protocol it is to speak, CALLS is a JSON list of [tool, arguments]. Prints what it saw as one
// JSON object.
const [edition, calls, command, ...args] = process.argv.slice(2);

// Each gives a client, the transport's class, and how to be told when a resource changed.
const editions = {
  '1': async () => {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
    const { ResourceUpdatedNotificationSchema } = await import('@modelcontextprotocol/sdk/types.js');
    const client = new Client(self);
    return { client, StdioClientTransport, watch: watchWith(client, ResourceUpdatedNotificationSchema) };
  },
  '2': () => second('legacy'),
  '2 auto': () => second('auto'),
};
const self = { name: 'sdk-client', version: '1.0' };

async function second(mode) {
  const { Client } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const client = new Client(self, { versionNegotiation: { mode } });
  const watch = watchWith(client, 'notifications/resources/updated');
  const listen = async uri => {
    const updated = new Promise(resolve => client.setNotificationHandler('notifications/resources/updated', resolve));
    const subscription = await client.listen({ resourceSubscriptions: [uri] });
    return { updated, stop: () => subscription.close() };
  };
  return { client, StdioClientTransport, watch: mode === 'legacy' ? watch : listen };
}

function watchWith(client, notification) {
  return async uri => {
    const updated = new Promise(resolve => client.setNotificationHandler(notification, resolve));
    await client.subscribeResource({ uri });
    return { updated, stop: () => client.unsubscribeResource({ uri }) };
  };
}

const { client, StdioClientTransport, watch } = await editions[edition]();
const transport = new StdioClientTransport({ command, args, env: { ...process.env }, stderr: 'inherit' });
const errors = [];
client.onerror = error => errors.push(error.message);
let protocol;
transport.setProtocolVersion = version => protocol = version;
await client.connect(transport);

const { tools } = await client.listTools();
const answers = [];
for (const [name, args] of JSON.parse(calls)) {
  const { isError = false, content } = await client.callTool({ name, arguments: args });
  answers.push({ tool: name, isError, content });
}

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
const missing = await text('memory://entity/nobody').catch(error => ({ message: error.message, uri: error.data?.uri }));
const watched = await watch('memory://graph');
await client.callTool({ name: 'create_entity', arguments: { name: 'Watched', entityType: 'thing' } });
const updated = await watched.updated;
await watched.stop();

console.log(JSON.stringify({
  protocol, server: client.getServerVersion(), tools: tools.map(tool => tool.name), answers, resources: resources.map(one => one.uri),
  templates: resourceTemplates.map(one => one.uriTemplate), prompts: prompts.map(one => one.name), entity, past,
  prompt: prompt.messages[0].content.text, missing, updated: updated.params.uri, errors,
}));
await client.close();
