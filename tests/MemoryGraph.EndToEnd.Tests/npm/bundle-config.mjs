// Prints how a client of bundles starts the server in one: bundle-config.mjs FOLDER SETTINGS, with PACKERS in the environment.
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, sep } from 'node:path';

const [folder, settings] = process.argv.slice(2);
const { getMcpConfigForManifest } = await import(join(process.env.PACKERS, 'node_modules/@anthropic-ai/mcpb/dist/index.js'));
console.log(JSON.stringify(await getMcpConfigForManifest({
  manifest: JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
  extensionPath: folder,
  systemDirs: { HOME: homedir() },
  userConfig: JSON.parse(settings),
  pathSeparator: sep,
})));
