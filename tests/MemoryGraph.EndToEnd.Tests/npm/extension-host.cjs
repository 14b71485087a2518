// Stands in for VS Code: activates the extension in a folder and prints the servers that it offers, each made ready to start.
// Standard input: {"folders": ["/path"], "settings": {"memoryGraph.store": "/path"}}
'use strict';

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const extensionPath = process.argv[2];
const packageJSON = JSON.parse(fs.readFileSync(path.join(extensionPath, 'package.json'), 'utf8'));
const { folders, settings } = JSON.parse(fs.readFileSync(0, 'utf8'));
const providers = {};
const listen = () => ({ dispose() {} });

const vscode = {
  EventEmitter: class {
    event = listen;
    dispose() {}
  },
  McpStdioServerDefinition: class {
    constructor(label, command, args, env, version) {
      Object.assign(this, { label, command, args, env, version });
    }
  },
  workspace: {
    workspaceFolders: folders.map(fsPath => ({ name: path.basename(fsPath), uri: { scheme: 'file', fsPath } })),
    getConfiguration: section => ({ get: key => setting(`${section}.${key}`) }),
    onDidChangeWorkspaceFolders: listen,
    onDidChangeConfiguration: listen,
  },
  lm: {
    registerMcpServerDefinitionProvider(id, provider) {
      mustBe(packageJSON.contributes.mcpServerDefinitionProviders.some(one => one.id === id), `the provider ${id}`);
      providers[id] = provider;
      return { dispose() {} };
    },
  },
};

function setting(name) {
  const declared = packageJSON.contributes.configuration.properties[name];
  mustBe(declared, `the setting ${name}`);
  return settings[name] ?? declared.default;
}

function mustBe(contributed, what) {
  if (!contributed) {
    throw new Error(`package.json does not contribute ${what}`);
  }
}

async function main() {
  const load = Module._load;
  Module._load = (name, ...rest) => name === 'vscode' ? vscode : load(name, ...rest);
  await require(path.join(extensionPath, packageJSON.main)).activate({ subscriptions: [], extension: { packageJSON } });

  const offered = [];
  for (const provider of Object.values(providers)) {
    for (const definition of await provider.provideMcpServerDefinitions()) {
      offered.push(await provider.resolveMcpServerDefinition(definition));
    }
  }

  console.log(JSON.stringify(offered));
}

main().catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
