// Reads an export with somebody else's parser: node read-export.mjs FORMAT FILE
// Prints what that made of it as one JSON object.
import { readFileSync, rmSync } from 'node:fs';

const [format, file] = process.argv.slice(2);
const readers = { 'server-memory': readServerMemory, markdown: readMarkdown, mermaid: readMermaid, graphml: readGraphMl };
console.log(JSON.stringify(await readers[format](file)));
process.exit();

// The reference server itself reads the file, and then writes one of its own from what it read.
async function readServerMemory(file) {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const server = new URL('node_modules/@modelcontextprotocol/server-memory/dist/index.js', import.meta.url).pathname;
  const connect = async path => {
    const client = new Client({ name: 'read-export', version: '1.0' });
    await client.connect(new StdioClientTransport({
      command: process.execPath, args: [server], env: { ...process.env, MEMORY_FILE_PATH: path }, stderr: 'ignore',
    }));
    const call = async (name, args) => JSON.parse((await client.callTool({ name, arguments: args })).content[0].text);
    return { call, close: () => client.close() };
  };
  const reader = await connect(file);
  const graph = await reader.call('read_graph', {});
  await reader.close();

  const own = file + '.own';
  const writer = await connect(own);
  await writer.call('create_entities', { entities: graph.entities });
  await writer.call('create_relations', { relations: graph.relations });
  await writer.close();
  const same = readFileSync(file).equals(readFileSync(own));
  rmSync(own);
  return { ...graph, same };
}

async function readGraphMl(file) {
  const { default: graphology } = await import('graphology');
  const { default: graphml } = await import('graphology-graphml');
  const graph = graphml.parse(graphology.MultiDirectedGraph, readFileSync(file, 'utf8'));
  return {
    directed: graph.directedSize === graph.size,
    entities: graph.mapNodes((_, node) => node),
    relations: graph.mapEdges((_, edge, source, target) =>
      ({ ...edge, from: graph.getNodeAttribute(source, 'name'), to: graph.getNodeAttribute(target, 'name') })),
  };
}

// Mermaid needs a browser's document to clean labels; the same document then shows what a reader would see.
async function readMermaid(file) {
  const { JSDOM } = await import('jsdom');
  const { window } = new JSDOM('');
  Object.assign(globalThis, { window, document: window.document });
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize({ maxTextSize: 1e9, maxEdges: 1e9 });
  const text = readFileSync(file, 'utf8');
  await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const shown = label => {
    const place = window.document.createElement('div');
    place.innerHTML = label.replaceAll('ﬂ°°', '&#').replaceAll('ﬂ°', '&').replaceAll('¶ß', ';');
    place.querySelectorAll('br').forEach(line => line.replaceWith('\n'));
    if (place.children.length > 0) throw new Error(`elements in the label ${label}`);
    return place.textContent;
  };
  const names = new Map([...db.getVertices().values()].map(node => [node.id, shown(node.text).split('\n')[0]]));
  return {
    entities: [...db.getVertices().values()].map(node => {
      const [name, type, ...more] = shown(node.text).split('\n');
      return { name, type, more };
    }),
    relations: db.getEdges().map(edge => ({ from: names.get(edge.start), relationType: shown(edge.text), to: names.get(edge.end) })),
  };
}

// As GitHub reads it. What is stored may only show as text: the structure is all of our making.
async function readMarkdown(file) {
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  const { gfm } = await import('micromark-extension-gfm');
  const { gfmFromMarkdown } = await import('mdast-util-gfm');
  const { default: Slugger } = await import('github-slugger');
  const tree = fromMarkdown(readFileSync(file, 'utf8'), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const text = node => node.type === 'break' ? '\n' : node.value ?? node.children.map(text).join('');
  const strays = [];
  // An address that is written out links to itself, which is fine.
  const isAddress = node => node.type === 'link' && ['', 'http://', 'mailto:'].some(start => node.url === start + text(node));
  const expect = (node, ...types) =>
    types.includes(node.type) || isAddress(node) || strays.push(`${node.type}: ${JSON.stringify(node).slice(0, 200)}`);

  const slugger = new Slugger();
  const anchors = new Map();
  const sections = [];
  for (const node of tree.children) {
    expect(node, 'heading', 'paragraph', 'list');
    if (node.type === 'heading') {
      sections.push({ name: text(node), about: [], items: [] });
      anchors.set(slugger.slug(text(node)), text(node));
      node.children.forEach(child => expect(child, 'text'));
    } else {
      sections.at(-1)?.[node.type === 'list' ? 'items' : 'about'].push(...(node.type === 'list' ? node.children : [node]));
    }
  }

  const [, ...rest] = sections;
  const bodies = rest[0]?.about.length === 0 ? rest.slice(1) : rest;
  const links = [];
  const read = item => {
    item.children.forEach(child => expect(child, 'paragraph'));
    const inline = item.children.flatMap((child, at) => at === 0 ? child.children : [{ type: 'break' }, { type: 'break' }, ...child.children]);
    const cited = inline.pop();
    expect(cited, 'emphasis');
    const [arrow, type, gap, target] = inline;
    if (type?.type === 'strong' && /^[→←] $/.test(arrow.value)) {
      inline.forEach(child => expect(child, 'text', 'strong', 'link'));
      if (target?.url.startsWith('#')) links.push([target.url, text(target)]);
      return { leads: arrow.value === '→ ', relationType: text(type), other: text(target ?? gap).trim(), cited: text(cited) };
    }
    inline.forEach(child => expect(child, 'text', 'break'));
    return { observation: inline.map(text).join('').replace(/ $/, ''), cited: text(cited) };
  };
  const entities = bodies.map(section => {
    section.about.flatMap(one => one.children).forEach(child => expect(child, 'text', 'emphasis'));
    return { name: section.name, type: section.about[0].children.slice(0, -1).map(text).join('').trim(), items: section.items.map(read) };
  });
  const astray = links.filter(([url, name]) => anchors.get(decodeURIComponent(url.slice(1))) !== name);
  return { entities, strays, astray, links: links.length };
}
