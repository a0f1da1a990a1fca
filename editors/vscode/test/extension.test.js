// The extension as packaged, in a stand-in for VS Code that holds one open trial: what it registers, what it shows.

const test = require("node:test");
const assert = require("node:assert/strict");
const Module = require("node:module");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");

const LIMIT = 30_000;

/** A class whose every instance and static takes whatever is asked of it. */
function anything(name) {
  return new Proxy(class {}, {
    get: (target, key) => (key in target ? target[key] : typeof key === "string" && key !== "then" ? key : undefined),
    construct: (_, args) => ({ kind: name, args, dispose() {}, show() {}, appendLine() {} }),
  });
}

function standIn(settings, document) {
  const seen = { commands: new Map(), messages: [], output: [], diagnostics: new Map(), providers: [] };
  const disposable = { dispose() {} };
  const event = () => disposable;
  class EventEmitter {
    listeners = [];
    event = listener => (this.listeners.push(listener), disposable);
    fire(value) { this.listeners.forEach(listener => listener(value)); }
    dispose() {}
  }
  class Uri {
    constructor(href) { this.href = href; this.scheme = href.split(":")[0]; this.path = new URL(href).pathname; this.fsPath = this.path; }
    static parse(text) { return new Uri(text); }
    static file(file) { return new Uri(pathToFileURL(file).href); }
    toString() { return this.href; }
  }
  class Position { constructor(line, character) { this.line = line; this.character = character; } }
  class Range { constructor(a, b, c, d) { [this.start, this.end] = c === undefined ? [a, b] : [new Position(a, b), new Position(c, d)]; } }
  class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }); } }
  class CodeActionKind {
    constructor(value) { this.value = value; }
    append(part) { return new CodeActionKind(this.value === "" ? part : `${this.value}.${part}`); }
  }
  CodeActionKind.Empty = new CodeActionKind("");
  class CancellationTokenSource {
    token = { isCancellationRequested: false, onCancellationRequested: event };
    cancel() { this.token.isCancellationRequested = true; }
    dispose() {}
  }
  const read = section => ({
    get: (name, otherwise) => (section ? settings[`${section}.${name}`] : settings[name]) ?? otherwise,
    has: () => false,
    inspect: () => undefined,
  });
  const show = text => (seen.messages.push(text), Promise.resolve(undefined));
  const known = {
    version: "1.95.0",
    EventEmitter, Uri, Position, Range, Diagnostic, CodeActionKind, CancellationTokenSource,
    env: { appName: "stand-in", language: "en", appHost: "desktop" },
    commands: {
      registerCommand: (name, action) => (seen.commands.set(name, action), { dispose: () => seen.commands.delete(name) }),
      executeCommand: (name, ...args) => Promise.resolve(seen.commands.get(name)?.(...args)),
    },
    tasks: { registerTaskProvider: (type, provider) => (seen.tasks = provider, disposable) },
    TaskScope: { Workspace: 2 },
    Task: class { constructor(...args) { [this.definition, this.scope, this.name, this.source, this.execution, this.matcher] = args; } },
    ProcessExecution: class { constructor(command, args) { Object.assign(this, { command, args }); } },
    window: new Proxy(
      {
        createOutputChannel: () => ({ appendLine: line => seen.output.push(line), append() {}, show() {}, dispose() {}, clear() {} }),
        showErrorMessage: show, showWarningMessage: show, showInformationMessage: show,
        activeTextEditor: undefined, visibleTextEditors: [],
        tabGroups: { all: [], onDidChangeTabs: event, onDidChangeTabGroups: event },
      },
      { get: (target, key) => (key in target ? target[key] : event) },
    ),
    workspace: new Proxy(
      {
        getConfiguration: read, textDocuments: document ? [document] : [], notebookDocuments: [], workspaceFolders: undefined,
        fs: {}, name: undefined, getWorkspaceFolder: () => undefined,
        createFileSystemWatcher: () => ({ onDidCreate: event, onDidChange: event, onDidDelete: event, dispose() {} }),
      },
      { get: (target, key) => (key in target ? target[key] : event) },
    ),
    languages: new Proxy(
      {
        match: (selector, wanted) => (selector.some?.(one => one.language === wanted.languageId && one.scheme === wanted.uri.scheme) ? 10 : 0),
        createDiagnosticCollection: () => ({
          set: (uri, list) => seen.diagnostics.set(String(uri), list), delete() {}, clear() {}, dispose() {},
        }),
      },
      { get: (target, key) => (key in target ? target[key] : (seen.providers.push(key), event)) },
    ),
  };
  const vscode = new Proxy(known, { get: (target, key) => (key in target ? target[key] : (target[key] = anything(key))) });
  return { vscode, seen };
}

/** The packaged extension, with `vscode` for the editor. */
function load(vscode) {
  const file = require.resolve("../out/extension.js");
  delete require.cache[file];
  const usual = Module._load;
  Module._load = (request, ...rest) => (request === "vscode" ? vscode : usual(request, ...rest));
  try {
    return require(file);
  } finally {
    Module._load = usual;
  }
}

async function until(condition, what) {
  const end = Date.now() + LIMIT;
  while (!condition()) {
    assert.ok(Date.now() < end, what());
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

test("without the compiler it says what to do, and its commands are there", async () => {
  const { vscode, seen } = standIn({ "eligc.path": "/nowhere/eligc" });
  const extension = load(vscode);
  await extension.activate({ subscriptions: [] });
  assert.match(seen.messages[0], /no program at \/nowhere\/eligc/);
  const named = require("../package.json").contributes.commands.map(command => command.command);
  assert.deepEqual([...seen.commands.keys()].sort(), named.sort());
  assert.deepEqual(seen.tasks.provideTasks(), []);
  await extension.deactivate();
});

test("a trial that is open gets its diagnostics, and an example is run by the lens's command", async () => {
  const { findServer } = require("../out/parts/server.js");
  const { command } = findServer(process.env.ELIGC ?? "", process.env);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "elig-"));
  const file = path.join(folder, "trial.elig");
  const text = 'require [I1] todo "ask"\nrequire [I2] sledai2k >= 8\nexample "seven" {\n  sledai2k: 7\n} expect I2 fail\n';
  fs.writeFileSync(file, text);
  const { vscode, seen } = standIn({ "eligc.path": command });
  const uri = vscode.Uri.file(file);
  const document = { uri, languageId: "elig", version: 1, getText: () => text, isClosed: false };
  vscode.workspace.textDocuments.push(document);
  const extension = load(vscode);
  try {
    await extension.activate({ subscriptions: [] });
    await until(() => (seen.diagnostics.get(String(uri)) ?? []).length > 0, () => `no diagnostics; ${seen.messages} ${seen.output.join("\n")}`);
    const [mistake] = seen.diagnostics.get(String(uri));
    assert.equal(mistake.code?.value ?? mistake.code, "W0703");
    const tasks = seen.tasks.provideTasks();
    assert.deepEqual(tasks.map(task => [task.name, task.matcher]), [["check", "$eligc"], ["test", "$eligc"]]);
    assert.deepEqual(tasks[0].execution.args, ["check", "--format", "short", "${file}"]);
    await until(() => seen.commands.has("eligc.runExample"), () => [...seen.commands.keys()].join(" "));
    const result = await seen.commands.get("eligc.runExample")({ uri: String(uri), name: "seven" });
    assert.equal(result.passed, true, JSON.stringify(result));
    assert.ok(seen.output.some(line => /^passed: /.test(line)), seen.output.join("\n"));
  } finally {
    await extension.deactivate();
    fs.rmSync(folder, { recursive: true });
  }
});
