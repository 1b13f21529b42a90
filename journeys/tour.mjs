// Takes the pictures of docs/tour.md again: node journeys/tour.mjs PATH/TO/kith
//
// It goes by clicking on what the pages offer, and ends with 1 where a page is not there, has another
// heading, or where docs/tour.md and the pictures differ.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { NO_BROWSER, bringPackages, findChromium, leaveOut, startDemo } from "./demo.mjs";
import { small } from "./picture.mjs";

const docs = join(dirname(fileURLToPath(import.meta.url)), "../docs");
const pictures = join(docs, "pictures/tour");
const TOGETHER = 1_500_000;

// Who signs in (by name, or by what they are; nobody for the guides, empty for the resident who was only
// invited), and what they do: follow a link
// by the beginning of its words, or take a picture of the page with this heading.
const TOUR = [
  ["", [
    ["picture", "resident-record", /./],
    ["follow", "Why was I contacted?"],
    ["picture", "resident-why", /^Why was I contacted\?$/],
    ["follow", "Back"],
    ["follow", "Answer the invitation"],
    ["picture", "resident-answer", /^Would you like joined-up care\?$/],
  ]],
  [null, [
    ["follow", "What might I pay for care?"],
    ["picture", "resident-pay", /./],
  ]],
  ["Resident with a plan", [
    ["follow", "Your plan has something new in it"],
    ["picture", "resident-plan", /^Your plan$/],
    ["follow", "Read the plan, and say whether you agree"],
    ["picture", "resident-plan-answer", /./],
  ]],
  ["Carer", [
    ["picture", "carer-record", /./],
    ["follow", "You look after"],
    ["picture", "carer-shared", /shares with you$/],
    ["follow", "Back"],
    ["follow", "Your emergency card as a carer"],
    ["picture", "carer-card", /card/],
  ]],
  ["Amara Nwosu", [
    ["picture", "social-worker-work", /^My work$/],
    ["follow", "Talk about what the person does not agree with"],
    ["follow", "Back"],
    ["picture", "social-worker-plan", /’s plan$/],
    ["follow", "How things stand now"],
    ["picture", "social-worker-scores", /./],
  ]],
  ["Declan O’Rourke", [
    ["picture", "nurse-work", /^My work$/],
    ["follow", "Review the plan"],
    ["picture", "nurse-review", /./],
  ]],
  ["Dr Priya Raman", [
    ["follow", "People found"],
    ["picture", "surgery-found", /^People found$/],
  ]],
  ["Grace Adeyemi", [
    ["follow", "What is due in your area"],
    ["picture", "team-lead-area", /^What is due in your area$/],
    ["follow", "People found"],
    ["follow", "Who of them has a plan"],
    ["picture", "team-lead-coverage", /^Who has a plan$/],
    ["follow", "My work"],
    ["follow", "Meetings: who is on the list"],
    ["picture", "team-lead-meetings", /^Meetings of /],
  ]],
  ["Farah Siddiqui", [
    ["picture", "finance-work", /^My work$/],
    ["follow", "Decide what the person pays"],
    ["picture", "finance-means", / pays for care$/],
    ["follow", "Look at the draft, and decide"],
    ["picture", "finance-decide", /./],
  ]],
];

/** Signs in as somebody of the demo: the resident where no name is given. */
async function signIn(page, name) {
  await page.goto("/sign-in");
  if (name === null) return;
  const person = page.getByRole("listitem").filter({
    has: page.getByText(name === "" ? "Resident" : name, { exact: true }),
  });
  await person.getByRole("button").first().click();
}

/** The part of a page that one looks at first, in few colours. */
async function picture(page, name, heading) {
  const words = await page.getByRole("heading", { level: 1 }).innerText();
  assert.match(words, heading, `the heading of ${page.url()}, for the picture ${name}`);
  writeFileSync(join(pictures, `${name}.png`), small(await page.screenshot()));
}

async function walk(browser, baseURL, [name, steps]) {
  const viewport = { width: 1000, height: 800 };
  const context = await browser.newContext({ baseURL, viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await signIn(page, name);
  for (const [step, words, heading] of steps) {
    if (step === "picture") await picture(page, words, heading);
    else {
      const begins = new RegExp(`^${words.replace(/[?.]/g, "\\$&")}`);
      await page.getByRole("link", { name: begins }).first().click();
      await page.waitForLoadState("load");
    }
  }
  await context.close();
}

/** The document shows each picture, and no other; together they are small. */
function assertShown() {
  const text = readFileSync(join(docs, "tour.md"), "utf8");
  const shown = [...text.matchAll(/\(pictures\/tour\/([^)]+)\)/g)].map(([, file]) => file).sort();
  const taken = readdirSync(pictures).sort();
  assert.deepEqual(shown, taken, "docs/tour.md shows the pictures that were taken");
  const bytes = taken.reduce((sum, file) => sum + readFileSync(join(pictures, file)).length, 0);
  assert.ok(bytes < TOGETHER, `the pictures take ${bytes} bytes; at most ${TOGETHER} are meant`);
  console.log(`${taken.length} pictures, ${Math.round(bytes / 1000)} kB, in docs/pictures/tour/`);
}

const program = resolve(process.argv[2] ?? join(docs, "../target/debug/kith"));
const executablePath = findChromium();
if (!executablePath) leaveOut(NO_BROWSER, "To bring one: apt-get install chromium");
bringPackages();
const { chromium } = await import("playwright-core");
const folder = mkdtempSync(join(tmpdir(), "kith-tour-"));
rmSync(pictures, { recursive: true, force: true });
mkdirSync(pictures, { recursive: true });
let demo;
let browser;
try {
  const started = await startDemo(program, folder);
  demo = started.demo;
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  for (const part of TOUR) await walk(browser, started.base, part);
  assertShown();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await browser?.close();
  demo?.kill();
  rmSync(folder, { recursive: true, force: true });
}
