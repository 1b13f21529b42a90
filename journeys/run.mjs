// Walks the pages in a real browser: node journeys/run.mjs PATH/TO/kith
//
// Starts `kith demo` on a free port with a store of its own, waits until it answers, runs every
// *.journey.mjs (each once with JavaScript and once without), and ends with node:test's summary.
//
// It ends with 0 (passed), 1 (failed), or, where nothing could be run, 3 (no browser) or 4 (npm could
// not bring its packages). With KITH_REQUIRE_BROWSER=1 nothing may be left out: 3 and 4 become 1.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { NO_BROWSER, bringPackages, findChromium, leaveOut, startDemo } from "./demo.mjs";

const here = dirname(fileURLToPath(import.meta.url));

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
