// Registers memory-graph with the editor, for each workspace folder one server on that folder's memory.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const PROVIDER = 'memory-graph'; // As package.json contributes it.
const SECTION = 'memoryGraph';

function activate(context) {
  const changed = new vscode.EventEmitter();
  context.subscriptions.push(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration(SECTION)) {
        changed.fire();
      }
    }),
    vscode.lm.registerMcpServerDefinitionProvider(PROVIDER, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => definitions(context.extension.packageJSON.version),
      resolveMcpServerDefinition: startable,
    }),
  );
}

// The editor asks for these early and often, so nothing is checked and nobody is asked anything here.
function definitions(version) {
  const settings = vscode.workspace.getConfiguration(SECTION);
  const command = settings.get('command') || onPath('memory-graph') || 'memory-graph';
  const store = settings.get('store');
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(folder => folder.uri.scheme === 'file');
  return folders.map(folder => {
    const args = ['serve', '--project', folder.uri.fsPath, ...(store ? ['--store', store] : [])];
    const label = folders.length > 1 ? `Memory Graph (${folder.name})` : 'Memory Graph';
    const definition = new vscode.McpStdioServerDefinition(label, command, args, {}, version);
    definition.cwd = folder.uri;
    return definition;
  });
}

// Called when a server is about to start: the moment to say that there is none.
async function startable(definition) {
  if (path.isAbsolute(definition.command) && fs.existsSync(definition.command)) {
    return definition;
  }

  throw new Error(
    `memory-graph was not found as "${definition.command}". Install it, or set "${SECTION}.command" to its whole path.`);
}

// Only absolute folders: the current one may be a workspace that nobody trusts yet.
function onPath(name) {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  return (process.env.PATH ?? '').split(path.delimiter)
    .filter(folder => path.isAbsolute(folder))
    .map(folder => path.join(folder, file))
    .find(candidate => fs.existsSync(candidate));
}

module.exports = { activate };
