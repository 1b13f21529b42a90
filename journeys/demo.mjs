// A demo on a port of its own, a browser to look at it with, and what both need.

import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
export const NO_BROWSER = 3;
const NO_PACKAGES = 4;
const READY_WITHIN_MS = 120_000;
// Few people, always the same: enough of them are found for every journey.
const FEW = "--residents 5000 --seed 7";

export function leaveOut(code, sentence) {
  console.log(`Left out: the journeys in a browser. ${sentence}`);
  process.exit(process.env.KITH_REQUIRE_BROWSER === "1" ? 1 : code);
}

/** Chromium: the one KITH_CHROMIUM names, or the first on the PATH. */
export function findChromium() {
  if (process.env.KITH_CHROMIUM) return process.env.KITH_CHROMIUM;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync);
}

/** Brings the pinned packages if they are not there yet. */
export function bringPackages() {
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
export async function startDemo(program, folder) {
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
