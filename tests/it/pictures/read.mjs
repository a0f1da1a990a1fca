// Flowcharts in, as a JSON list in the file named; what Mermaid reads in them out, as one of the same length. Run where
// `node_modules` is.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html><body></body>');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');
// A page has to allow charts of 500 edges and more: `--tree mermaid` says so in such a chart.
mermaid.initialize({ startOnLoad: false, maxEdges: 10000, maxTextSize: 1000000 });
// Mermaid knows its kinds of diagram once it was asked.
await mermaid.parse('flowchart TD\n  a --> b');

// `#34;` is kept in this form until it is drawn.
const shown = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

const read = [];
for (const text of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  read.push({
    nodes: [...db.getVertices().values()].map(({ id, text, type }) => [id, shown(text), type]),
    edges: db.getEdges().map(({ start, end, text, type, stroke }) => [start, end, shown(text), type, stroke]),
  });
}
process.stdout.write(JSON.stringify(read));
