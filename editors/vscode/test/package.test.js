// What the package tells VS Code: its files exist, its task's lines are understood, its colours are right.

const test = require("node:test");
const assert = require("node:assert/strict");
const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");

const { findServer } = require("../out/parts/server.js");
const { taskArguments } = require("../out/parts/tasks.js");
const manifest = require("../package.json");

const here = path.join(__dirname, "..");

test("every file that the package names is there", () => {
  const { languages, grammars, snippets } = manifest.contributes;
  const files = [manifest.main, manifest.icon, languages[0].configuration, grammars[0].path, snippets[0].path];
  for (const file of files) assert.ok(fs.existsSync(path.join(here, file)), file);
  JSON.parse(fs.readFileSync(path.join(here, languages[0].configuration), "utf8"));
  for (const [name, snippet] of Object.entries(JSON.parse(fs.readFileSync(path.join(here, snippets[0].path), "utf8")))) {
    assert.ok(snippet.prefix && snippet.body.length > 0 && snippet.description, name);
  }
});

test("no lock entry names where it was fetched from", () => {
  assert.ok(!fs.readFileSync(path.join(here, "package-lock.json"), "utf8").includes("\"resolved\""));
});

test("the problem matcher reads what the task prints", () => {
  const found = findServer(process.env.ELIGC ?? "", process.env);
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "elig-")), "a file.elig");
  fs.writeFileSync(file, "require [I1] platelets >= 20\nrequire [I2] sledai2k = 8\n");
  const args = taskArguments({ type: "eligc", command: "check", file });
  const run = spawnSync(found.command, args, { encoding: "utf8", timeout: 30_000 });
  const pattern = manifest.contributes.problemMatchers[0].pattern;
  const matches = (run.stdout + run.stderr).split("\n").map(line => new RegExp(pattern.regexp).exec(line)).filter(Boolean);
  assert.deepEqual(matches.map(match => match.slice(1, 6)), [
    [file, "1", matches[0][pattern.column], "error", "E0302"],
    [file, "2", "23", "error", "E0106"],
  ]);
  assert.ok(matches.every(match => match[pattern.message].length > 5));
  assert.equal(taskArguments({ type: "eligc", command: "compile" }), undefined);
});

async function grammar() {
  const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const file = path.join(here, manifest.contributes.grammars[0].path);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: patterns => new oniguruma.OnigScanner(patterns),
      createOnigString: text => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(file, "utf8"), file),
  });
  return registry.loadGrammar("source.elig");
}

test("colours", async () => {
  const elig = await grammar();
  const show = line =>
    elig
      .tokenizeLine(line, textmate.INITIAL)
      .tokens.filter(token => token.scopes.length > 1)
      .map(token => `${line.slice(token.startIndex, token.endIndex)} ${token.scopes.at(-1).replace(/\.elig$/, "")}`);
  const cases = {
    "require [I11] platelets >= 20000 /uL # enough": [
      "require keyword.control", "[ punctuation.definition.tag", "I11 entity.name.tag", "] punctuation.definition.tag",
      ">= keyword.operator", "20000 constant.numeric", "/uL storage.type.unit", "# enough comment.line.number-sign",
    ],
    "## Blood platelets.": ["## Blood platelets. comment.line.documentation"],
    "  judged E14#2: unknown": ["judged keyword.other", "E14#2 entity.name.tag", ": punctuation.separator"],
    "exclude alt <= 2.5 x ULN and hcv_rna > 10 [IU]/mL": [
      "exclude keyword.control", "<= keyword.operator", "2.5 constant.numeric", "x keyword.operator",
      "ULN constant.language", "and keyword.operator.word", "> keyword.operator", "10 constant.numeric",
      "[IU]/mL storage.type.unit",
    ],
    "exclude heart_failure (nyha >= class III) within 6 months before screening": [
      "exclude keyword.control", ">= keyword.operator", "class storage.type", "III constant.other",
      "within keyword.operator.word", "6 constant.numeric", "months storage.type.unit", "before keyword.operator.word",
    ],
    "require at least 2 of { ana is positive }": [
      "require keyword.control", "at keyword.operator.word", "least keyword.operator.word", "2 constant.numeric",
      "of keyword.operator.word", "is keyword.operator.word", "positive constant.other",
    ],
    "fact platelets: quantity [10*9/L] possible 0..5000": [
      "fact keyword.control", "platelets entity.name.type", ": punctuation.separator", "quantity keyword.other",
      "[ punctuation.section.brackets", "10*9/L storage.type.unit", "] punctuation.section.brackets", "possible keyword.other", "0 constant.numeric",
      ".. keyword.operator", "5000 constant.numeric",
    ],
    "  platelets: 20 x10^9/L at 2026-02-27": [
      "platelets variable.other.property", ": punctuation.separator", "20 constant.numeric", "x10^9/L storage.type.unit",
      "at keyword.operator.word", "2026-02-27 constant.numeric.date",
    ],
  };
  const seen = Object.fromEntries(Object.keys(cases).map(line => [line, show(line)]));
  assert.deepEqual(seen, cases);
});

test("texts end where they end in every trial", async () => {
  const elig = await grammar();
  const trials = path.join(here, "../../trials");
  let words = 0;
  for (const file of fs.readdirSync(trials).filter(name => name.endsWith(".elig"))) {
    let stack = textmate.INITIAL;
    for (const line of fs.readFileSync(path.join(trials, file), "utf8").split("\n")) {
      const { tokens, ruleStack } = elig.tokenizeLine(line, stack);
      stack = ruleStack;
      for (const token of tokens) {
        const text = line.slice(token.startIndex, token.endIndex);
        const quoted = token.scopes.some(scope => scope.startsWith("string"));
        const comment = token.scopes.some(scope => scope.startsWith("comment"));
        if (/^(require|exclude)$/.test(text) && !quoted && !comment) {
          assert.ok(token.scopes.includes("keyword.control.elig"), `${file}: ${line}`);
          words += 1;
        }
      }
    }
    assert.equal(stack.depth, 1, `${file} ends inside a text`);
  }
  assert.ok(words > 150, `${words} criteria`);
});
