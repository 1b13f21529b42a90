// Walks the pages in a real browser: node journeys/run.mjs PATH/TO/kith
//
// Starts `kith demo` on a free port with a store of its own, waits until it answers, runs every
// *.journey.mjs (each once with JavaScript and once without), and ends with node:test's summary.
//
// It ends with 0 (passed), 1 (failed), or, where nothing could be run, 3 (no browser) or 4 (npm could
// not bring its packages). With KITH_REQUIRE_BROWSER=1 nothing may be left out: 3 and 4 become 1.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const NO_BROWSER = 3;
const NO_PACKAGES = 4;
const READY_WITHIN_MS = 120_000;
// Few people, always the same: enough of them are found for every journey.
const FEW = "--residents 5000 --seed 7";

function leaveOut(code, sentence) {
  console.log(`Left out: the journeys in a browser. ${sentence}`);
  process.exit(process.env.KITH_REQUIRE_BROWSER === "1" ? 1 : code);
}

/** Chromium: the one KITH_CHROMIUM names, or the first on the PATH. */
function findChromium() {
  if (process.env.KITH_CHROMIUM) return process.env.KITH_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/** Brings the pinned packages if they are not there yet. */
function bringPackages() {
  if (existsSync(join(here, "node_modules/playwright-core/package.json"))) return;
  const options = { cwd: here, stdio: ["ignore", "ignore", "inherit"] };
  const ended = spawnSync("npm", ["ci", "--silent", "--no-audit", "--no-fund"], options);
  if (ended.status !== 0) leaveOut(NO_PACKAGES, "To bring its packages: cd journeys && npm ci");
}

/** A port that nobody uses at this moment. */
function freePort() {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

/** Starts the demo, and gives its address once it answers. */
async function startDemo(program, folder) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const given = (process.env.KITH_DEMO_ARGUMENTS ?? FEW).split(" ").filter(Boolean);
  const database = `sqlite:${join(folder, "demo.sqlite")}`;
  const flags = ["demo", "--port", String(port), "--db", database, ...given];
  // The place's policy folder lies beside this one.
  const demo = spawn(program, flags, { cwd: dirname(here), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const keep = (text) => (said = (said + text).slice(-4000));
  demo.stdout.on("data", keep);
  demo.stderr.on("data", keep);
  let ended = null;
  demo.once("exit", (code) => (ended = code ?? 1));
  demo.once("error", (error) => {
    keep(error.message);
    ended = 1;
  });
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until && ended === null) {
    try {
      const answer = await fetch(`${base}/sign-in`);
      if (answer.ok) return { demo, base };
    } catch {
      // Not yet.
    }
    await new Promise((later) => setTimeout(later, 200));
  }
  demo.kill();
  throw new Error(`${program} demo did not answer at ${base}. It said:\n${said}`);
}

async function main() {
  const program = resolve(process.argv[2] ?? join(here, "../target/debug/kith"));
  if (!existsSync(program)) {
    console.error(`${program} is not there. Build it first: cargo build`);
    process.exit(1);
  }
  const chromium = findChromium();
  if (!chromium) leaveOut(NO_BROWSER, "To bring one: apt-get install chromium");
  bringPackages();
  const folder = mkdtempSync(join(tmpdir(), "kith-journeys-"));
  const clean = () => rmSync(folder, { recursive: true, force: true });
  let started;
  try {
    started = await startDemo(program, folder);
  } catch (error) {
    console.error(error.message);
    clean();
    process.exit(1);
  }
  const only = process.argv.slice(3);
  const files = readdirSync(here)
    .filter((name) => name.endsWith(".journey.mjs"))
    .filter((name) => only.length === 0 || only.some((part) => name.includes(part)))
    .map((name) => join(here, name))
    .sort();
  // One file at a time: they share one demo, and two cores.
  const flags = ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files];
  const env = { ...process.env, KITH_BASE: started.base, KITH_CHROMIUM: chromium };
  const tests = spawn(process.execPath, flags, { stdio: "inherit", env });
  const code = await new Promise((ended) => tests.once("exit", (code) => ended(code ?? 1)));
  started.demo.kill();
  clean();
  process.exit(code);
}

await main();
