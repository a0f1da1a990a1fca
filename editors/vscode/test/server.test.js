// The client's own parts against the real server: found through ELIGC or the PATH.

const test = require("node:test");
const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const rpc = require("vscode-languageserver-protocol/node");

const { findServer } = require("../out/parts/server.js");
const { DOCUMENT_SELECTOR, LANGUAGE, SERVER_ARGUMENTS, serverSettings } = require("../out/parts/options.js");
const { RUN_EXAMPLE, isExampleResult, report } = require("../out/parts/examples.js");
const { RestartPolicy } = require("../out/parts/restart.js");

const LIMIT = 30_000;
const found = findServer(process.env.ELIGC ?? "", process.env);
assert.ok("command" in found, found.message);

const TEXT = `use sle

define weak = platelets < 20 x10^9/L

require [I1] platelets >= 20000 /uL
exclude [E1]   weak and   prior car_t

example "on the bound" {
  screening: 2026-03-01
  platelets: 20 x10^9/L at 2026-02-27
  car_t: none
} expect I1 pass, E1 pass
`;

/** One session with the server; every wait has a limit. */
class Session {
  constructor(text = TEXT) {
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), "elig-"));
    this.file = path.join(this.folder, "trial.elig");
    fs.writeFileSync(this.file, text);
    this.uri = pathToFileURL(this.file).href;
    this.text = text;
    this.version = 1;
    this.published = [];
    this.messages = [];
    this.waiting = [];
  }

  async start(settings = {}) {
    this.child = spawn(found.command, SERVER_ARGUMENTS, { stdio: ["pipe", "pipe", "inherit"] });
    this.ended = new Promise(resolve => this.child.once("exit", resolve));
    this.connection = rpc.createProtocolConnection(this.child.stdout, this.child.stdin);
    this.connection.onError(() => {});
    this.connection.onNotification("textDocument/publishDiagnostics", params => {
      this.published.push(params);
      this.waiting = this.waiting.filter(check => !check(params));
    });
    this.connection.onNotification("window/showMessage", params => this.messages.push(params.message));
    this.connection.onRequest("workspace/configuration", () => [serverSettings(name => settings[name])]);
    this.connection.onRequest("client/registerCapability", () => null);
    this.connection.onRequest("workspace/codeLens/refresh", () => null);
    this.connection.onRequest("workspace/inlayHint/refresh", () => null);
    this.connection.listen();
    const answer = await this.ask("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(this.folder).href,
      capabilities: {
        workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true },
          completion: { completionItem: { snippetSupport: true } },
          hover: { contentFormat: ["markdown", "plaintext"] },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } },
        },
      },
      initializationOptions: serverSettings(name => settings[name]),
    });
    await this.connection.sendNotification("initialized", {});
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: this.uri, languageId: LANGUAGE, version: this.version, text: this.text },
    });
    return answer.capabilities;
  }

  ask(method, params) {
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer to ${method}`)), LIMIT);
    });
    return Promise.race([this.connection.sendRequest(method, params), late]).finally(() => clearTimeout(timer));
  }

  /** The next diagnostics for which `check` holds; ones already published count. */
  diagnostics(check = () => true) {
    const mine = params => params.uri === this.uri && (params.version ?? this.version) === this.version && check(params.diagnostics);
    const last = this.published.filter(params => params.uri === this.uri).at(-1);
    if (last !== undefined && mine(last)) return Promise.resolve(last.diagnostics);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no such diagnostics; last: ${JSON.stringify(this.published.at(-1))}`)), LIMIT);
      this.waiting.push(params => {
        if (!mine(params)) return false;
        clearTimeout(timer);
        resolve(params.diagnostics);
        return true;
      });
    });
  }

  change(text) {
    this.text = text;
    this.version += 1;
    return this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: this.uri, version: this.version },
      contentChanges: [{ text }],
    });
  }

  /** The position behind `before` in the text. */
  at(before) {
    const offset = this.text.indexOf(before);
    assert.notEqual(offset, -1, before);
    const lines = this.text.slice(0, offset + before.length).split("\n");
    return { textDocument: { uri: this.uri }, position: { line: lines.length - 1, character: lines.at(-1).length } };
  }

  async stop() {
    await this.ask("shutdown");
    await this.connection.sendNotification("exit");
    const code = await this.ended;
    this.connection.dispose();
    fs.rmSync(this.folder, { recursive: true });
    return code;
  }
}

/** `text` with `edits` made, from the last to the first. */
function edited(text, edits) {
  const starts = [0];
  for (let at = 0; at < text.length; at++) if (text[at] === "\n") starts.push(at + 1);
  const offset = position => starts[position.line] + position.character;
  return [...edits]
    .sort((a, b) => offset(b.range.start) - offset(a.range.start))
    .reduce((now, edit) => now.slice(0, offset(edit.range.start)) + edit.newText + now.slice(offset(edit.range.end)), text);
}

test("a mistake is shown while it is typed, and goes when it is corrected", async () => {
  const session = new Session();
  await session.start();
  assert.deepEqual(await session.diagnostics(), []);
  await session.change(TEXT.replace("platelets >= 20000 /uL", "plateletts >= 20000 /uL"));
  const [mistake] = await session.diagnostics(list => list.length > 0);
  assert.equal(mistake.code, "E0201");
  assert.equal(mistake.source, "eligc");
  assert.deepEqual(mistake.range, { start: { line: 4, character: 13 }, end: { line: 4, character: 23 } });
  await session.change(TEXT);
  await session.diagnostics(list => list.length === 0);
  assert.equal(await session.stop(), 0);
});

test("completion, hover and definition", async () => {
  const session = new Session();
  const capabilities = await session.start();
  assert.ok(capabilities.completionProvider && capabilities.hoverProvider && capabilities.definitionProvider);
  await session.diagnostics();
  const hover = await session.ask("textDocument/hover", session.at("require [I1] plate"));
  assert.match(hover.contents.value, /x10\^9\/L/);
  const definition = [await session.ask("textDocument/definition", session.at("require [I1] plate"))].flat();
  assert.match(definition[0].uri ?? definition[0].targetUri, /sle\.elig$/);
  const completion = await session.ask("textDocument/completion", session.at("require [I1] plate"));
  const labels = (completion.items ?? completion).map(item => item.label);
  assert.ok(labels.includes("platelets"), labels.slice(0, 20).join(" "));
  await session.stop();
});

test("rename and format", async () => {
  const session = new Session();
  await session.start();
  await session.diagnostics();
  const edit = await session.ask("textDocument/rename", { ...session.at("define we"), newName: "low_platelets" });
  const edits = edit.documentChanges?.flatMap(change => change.edits) ?? edit.changes[session.uri];
  const renamed = edited(TEXT, edits);
  assert.equal(renamed.match(/low_platelets/g).length, 2);
  assert.ok(!renamed.includes("weak"));
  const layout = await session.ask("textDocument/formatting", {
    textDocument: { uri: session.uri }, options: { tabSize: 2, insertSpaces: true },
  });
  assert.match(edited(TEXT, layout), /exclude \[E1\] weak and prior car_t/);
  await session.stop();
});

test("the lens above an example runs it", async () => {
  const session = new Session(TEXT.replace("E1 pass", "E1 fail"));
  await session.start();
  await session.diagnostics();
  const lenses = await session.ask("textDocument/codeLens", { textDocument: { uri: session.uri } });
  assert.equal(lenses[0].command.command, RUN_EXAMPLE);
  const { command, arguments: given } = lenses[0].command;
  const result = await session.ask("workspace/executeCommand", { command, arguments: given });
  assert.ok(isExampleResult(result), JSON.stringify(result));
  assert.equal(result.passed, false);
  assert.match(report(result).join("\n"), /^failed: .*\n/);
  await session.stop();
});

test("settings reach the server", async () => {
  const text = 'use sle\nrequire [I1] todo "ask"\n';
  for (const [settings, severity] of [[{ deny: ["todo"] }, 1], [{}, 2]]) {
    const session = new Session(text);
    await session.start(settings);
    const [warning] = await session.diagnostics(list => list[0]?.severity === severity);
    assert.equal(warning.code, "W0703");
    await session.stop();
  }
  const quiet = new Session(TEXT);
  await quiet.start({ codeLens: false });
  await quiet.diagnostics();
  const lenses = await quiet.ask("textDocument/codeLens", { textDocument: { uri: quiet.uri } });
  assert.equal((lenses ?? []).length, 0);
  await quiet.stop();
});

test("a server that dies is started again, and not for ever", async () => {
  const policy = new RestartPolicy(4, 180_000);
  const session = new Session(TEXT.replace("platelets >= 20000 /uL", "platelets >= 20"));
  await session.start();
  await session.diagnostics(list => list[0]?.code === "E0302");
  session.child.kill("SIGKILL");
  await session.ended;
  session.connection.dispose();
  session.published = [];
  assert.ok(policy.again(0));
  await session.start();
  await session.diagnostics(list => list[0]?.code === "E0302");
  await session.stop();
  assert.deepEqual([1, 2, 3].map(now => policy.again(now)), [true, true, true]);
  assert.equal(policy.again(4), false);
  assert.match(policy.message, /Restart the language server/);
  assert.ok(new RestartPolicy(1, 10).again(0));
});

test("a compiler that is not there is told in words that help", () => {
  assert.match(findServer("", { PATH: fs.mkdtempSync(path.join(os.tmpdir(), "no-eligc-")) }).message, /not found.*eligc\.path/);
  assert.match(findServer("/nowhere/eligc", {}).message, /no program at \/nowhere\/eligc/);
  assert.equal(findServer(process.execPath, {}).command, process.execPath);
});

test("files on disk and unsaved ones are served", () => {
  assert.deepEqual(DOCUMENT_SELECTOR.map(one => one.scheme), ["file", "untitled"]);
  assert.ok(DOCUMENT_SELECTOR.every(one => one.language === "elig"));
  assert.deepEqual(serverSettings(() => undefined), { inlayHints: true, codeLens: true, deny: [], allow: [] });
  assert.deepEqual(serverSettings(() => "junk").deny, []);
});
