// A browser for the journeys: each page that is visited is checked, and nothing may leave loopback.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const SHOTS = join(here, "shots");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const BASE = process.env.KITH_BASE;
/** The narrowest that a page has to fit (WCAG 1.4.10), and as many phones are. */
const NARROWEST = { width: 320, height: 640 };
const NARROW = { width: 390, height: 844 };
/** The kinds of page that have been checked: see `check`. */
const CHECKED = new Set();
const UUID = /[0-9a-f-]{36}/g;
const WIDE = { width: 1280, height: 900 };

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * A journey: `walk(visit)` runs once with JavaScript and once without, each time in a browser context
 * of its own. `visit.scripts` says which.
 */
export function journey(name, walk) {
  describe(name, () => {
    let browser;
    before(async () => {
      const executablePath = process.env.KITH_CHROMIUM;
      browser = await chromium.launch({ executablePath, args: FLAGS, headless: true });
    });
    after(async () => browser?.close());
    for (const scripts of [true, false]) {
      test(scripts ? "with JavaScript" : "without JavaScript", { timeout: 180_000 }, async () => {
        const visit = await Visit.begin(browser, scripts);
        try {
          await walk(visit);
          visit.assertQuiet();
        } finally {
          await visit.end();
        }
      });
    }
  });
}

/** Words as they are read, wherever a line ends. */
const inOneLine = (text) => text.replace(/\s+/g, " ");

/** One walk through the pages. */
class Visit {
  static async begin(browser, scripts) {
    const settings = { baseURL: BASE, viewport: WIDE, javaScriptEnabled: scripts };
    const context = await browser.newContext(settings);
    const page = await context.newPage();
    return new Visit(context, page, scripts);
  }

  constructor(context, page, scripts) {
    this.context = context;
    this.page = page;
    this.scripts = scripts;
    this.complaints = [];
    this.others = [];
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol !== "data:" && hostname !== "127.0.0.1") {
        this.complaints.push(`a request left this machine: ${request.url()}`);
      }
    });
    page.on("pageerror", (error) => this.complaints.push(`a script failed: ${error.message}`));
    page.on("console", (message) => {
      // A page that says “not found” or shows a form again is meant to have its status.
      const meant = message.text().startsWith("Failed to load resource: the server responded");
      if (message.type() === "error" && !meant) this.complaints.push(message.text());
    });
  }

  /** Somebody else at a browser of their own, until this visit ends. */
  async another() {
    const other = await Visit.begin(this.context.browser(), this.scripts);
    this.others.push(other);
    return other;
  }

  /** A second window of the same browser, signed in as the first is. */
  async window() {
    const other = new Visit(this.context, await this.context.newPage(), this.scripts);
    this.others.push(other);
    return other;
  }

  async end() {
    for (const other of this.others) await other.end();
    await this.context.close();
  }

  /** Nothing that should not have happened did. */
  assertQuiet() {
    for (const other of this.others) other.assertQuiet();
    assert.deepEqual(this.complaints, []);
  }

  /** Opens a page and checks it. */
  async open(path) {
    const answer = await this.page.goto(path);
    await this.check();
    return answer;
  }

  /** Follows a link by its words. */
  async follow(name) {
    await this.page.getByRole("link", { name, exact: true }).first().click();
    await this.check();
  }

  /** Presses a button by its words. */
  async press(name) {
    await this.page.getByRole("button", { name, exact: true }).first().click();
    await this.check();
  }

  /** Fills fields in, by their labels. */
  async fill(fields) {
    for (const [label, value] of Object.entries(fields)) {
      await this.page.getByLabel(label, { exact: true }).fill(value);
    }
  }

  /** Chooses radios and ticks boxes, by their labels. */
  async choose(...labels) {
    for (const label of labels) await this.page.getByLabel(label, { exact: true }).check();
  }

  /** Picks from a list, by its label and the words of the choice. */
  async pick(label, choice) {
    await this.page.getByLabel(label, { exact: true }).selectOption({ label: choice });
  }

  /** Fills in a date, by the question it answers. */
  async date(question, [day, month, year]) {
    const parts = this.page.getByRole("group", { name: question, exact: true });
    for (const [label, value] of Object.entries({ Day: day, Month: month, Year: year })) {
      await parts.getByLabel(label, { exact: true }).fill(String(value));
    }
  }

  /** Fills fields in, by the names they are sent under: where labels differ by who reads them. */
  async write(fields) {
    for (const [name, words] of Object.entries(fields)) {
      await this.page.locator(`[name="${name}"]`).fill(words);
    }
  }

  /** Chooses radios and ticks boxes, by what is sent. */
  async take(fields) {
    for (const [name, value] of Object.entries(fields)) {
      await this.page.locator(`[name="${name}"][value="${value}"]`).check();
    }
  }

  /** Opens what stands closed, such as what is known already and only confirmed. */
  async unfold() {
    await this.page.evaluate(() => {
      for (const details of document.querySelectorAll("main details")) details.open = true;
    });
  }

  /** Fills in a date, by the name it is sent under. */
  async writeDate(name, [day, month, year]) {
    for (const [part, value] of Object.entries({ day, month, year })) {
      await this.page.locator(`[name="${name}-${part}"]`).fill(String(value));
    }
  }

  /** Opens a part of the form that is shown: from the list, where nothing is said in it yet. */
  async part(title) {
    const empty = this.page.getByRole("link", { name: `Write this part: ${title}`, exact: true });
    const section = this.page.locator("section.kith-read").filter({
      has: this.page.getByRole("heading", { name: title, exact: true }),
    });
    const said = section.locator(".kith-read__head").getByRole("link");
    await ((await empty.count()) > 0 ? empty : said).click();
    await this.check();
    await this.assertHeading(title);
  }

  /** Moves to a control by the keyboard alone, and presses Enter on it, which leads to another page. */
  async go(role, name) {
    await this.tabTo(role, name);
    await this.keysLead("Enter");
  }

  /** Signs in as a person of the demo, by their name on the sign-in page. */
  async signIn(name) {
    await this.open("/sign-in");
    await this.press(`Sign in as ${name}`);
  }

  /** Signs out, and in as somebody else. */
  async change(name) {
    await this.signOut();
    await this.press(`Sign in as ${name}`);
  }

  /** Signs out. */
  async signOut() {
    await this.press("Sign out");
  }

  /** The page's main heading is this. */
  async assertHeading(words) {
    const headings = await this.page.getByRole("heading", { level: 1 }).allInnerTexts();
    assert.deepEqual(headings, [words]);
  }

  /** The page has these words in it. */
  async assertSays(...words) {
    const text = await this.page.locator("main").innerText();
    for (const each of words) {
      assert.ok(inOneLine(text).includes(inOneLine(each)), `‘${each}’ is not on ${this.page.url()}:\n${text}`);
    }
  }

  /** The page does not have these words in it. */
  async assertSaysNot(...words) {
    const text = await this.page.locator("main").innerText();
    for (const each of words) {
      assert.ok(!inOneLine(text).includes(inOneLine(each)), `‘${each}’ is on ${this.page.url()}:\n${text}`);
    }
  }

  /** The form is shown again, with these errors listed at its top, in this order. */
  async assertErrors(...errors) {
    assert.match(await this.page.title(), /^Error: /);
    const listed = await this.page.locator(".govuk-error-summary li").allInnerTexts();
    assert.deepEqual(listed, errors);
  }

  /** How often the page has these words in it. */
  async count(words) {
    const text = await this.page.locator("main").innerText();
    return text.split(words).length - 1;
  }

  /** What every page must be: one h1, a title, no accessibility violation, no sideways scrolling. */
  async check() {
    await this.page.waitForLoadState("load");
    const url = this.page.url();
    assert.equal(await this.page.getByRole("heading", { level: 1 }).count(), 1, `one h1 on ${url}`);
    assert.match(await this.page.title(), / – Kith$/, `the title of ${url}`);
    // axe takes a second or more: a page of the same address, title and notice is checked once.
    const kind = await this.kind();
    if (CHECKED.has(kind)) return;
    CHECKED.add(kind);
    await this.look();
  }

  /** Looks at the page as it stands now, filled in and unfolded: a kind of page is otherwise checked once. */
  async look() {
    for (const viewport of [NARROWEST, WIDE]) {
      await this.page.setViewportSize(viewport);
      // axe waits for timers, which do not run where scripts do not.
      if (this.scripts) await this.audit();
      await this.assertFits(viewport);
    }
  }

  /** What tells one page from another, whoever it is about. */
  async kind() {
    const { pathname } = new URL(this.page.url());
    const notices = await this.page.locator(".govuk-notification-banner, .govuk-warning-text").count();
    const who = await this.page.locator("header").innerText();
    return [this.scripts, pathname.replaceAll(UUID, "*"), await this.page.title(), notices, who].join();
  }

  /** No violation of WCAG 2.2 A and AA that axe can find. */
  async audit() {
    // As a debugger would, so that the page's own policy on scripts stays as it is.
    await this.page.evaluate(AXE);
    const found = await this.page.evaluate(async (values) => {
      const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values } });
      return result.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        where: nodes.map((node) => node.html),
      }));
    }, STANDARDS);
    assert.deepEqual(found, [], `accessibility of ${this.page.url()}`);
  }

  /** Nothing makes the page wider than the screen (WCAG 1.4.10). */
  async assertFits(viewport) {
    const [width, beyond] = await this.page.evaluate(() => {
      const out = (one) => one.getBoundingClientRect().right > innerWidth && !one.closest(".kith-scroll");
      const last = [...document.querySelectorAll("main *")].filter(out).pop();
      return [document.documentElement.scrollWidth, last?.outerHTML.slice(0, 200)];
    });
    assert.ok(width <= viewport.width, `${this.page.url()} is ${width} pixels wide: ${beyond}`);
  }

  /**
   * Presses Tab until the control with this name has the focus; fails if the keyboard does not get
   * there. On the way every stop must show that it has the focus, and lie within the page.
   */
  async tabTo(role, name) {
    const wanted = this.page.getByRole(role, { name, exact: true }).first();
    for (let presses = 0; presses < 200; presses += 1) {
      await this.page.keyboard.press("Tab");
      await this.assertFocusShows();
      if (await hasFocus(wanted)) return wanted;
    }
    return assert.fail(`the keyboard does not reach the ${role} ‘${name}’ on ${this.page.url()}`);
  }

  /** Presses keys, one after the other. */
  async keys(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Presses keys that lead to another page, and checks that page. */
  async keysLead(...keys) {
    const arrived = this.page.waitForEvent("load");
    await this.keys(...keys);
    await arrived;
    await this.check();
  }

  /** Types into what has the focus. */
  async type(text) {
    await this.page.keyboard.type(text);
  }

  /** What has the focus can be seen to have it (WCAG 2.4.7), and is not covered (2.4.11). */
  async assertFocusShows() {
    const problem = await this.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const label = element.labels?.[0];
      const drawn = (of, pseudo) => {
        const { boxShadow, outlineStyle, outlineWidth } = getComputedStyle(of, pseudo);
        return boxShadow !== "none" || (outlineStyle !== "none" && outlineWidth !== "0px");
      };
      const shows = drawn(element) || (label && drawn(label, "::before"));
      const shape = element.getBoundingClientRect();
      const seen = shape.width > 0 && shape.bottom > 0 && shape.top < innerHeight;
      const what = element.outerHTML.slice(0, 200);
      if (!shows) return `does not show its focus: ${what} ${style.outline}`;
      return seen ? null : `has the focus out of sight: ${what}`;
    });
    assert.equal(problem, null, this.page.url());
  }

  /** Pictures of the page, narrow and wide, in journeys/shots/: in the run with scripts. */
  async shoot(name) {
    if (!this.scripts) return;
    mkdirSync(SHOTS, { recursive: true });
    for (const [size, viewport] of Object.entries({ narrow: NARROW, wide: WIDE })) {
      await this.page.setViewportSize(viewport);
      const path = join(SHOTS, `${name}-${size}.png`);
      await this.page.screenshot({ path, fullPage: true });
    }
  }

  /** The page as it prints, in journeys/shots/; gives on how many sides. */
  async print(name) {
    mkdirSync(SHOTS, { recursive: true });
    const pdf = await this.page.pdf({ path: join(SHOTS, `${name}.pdf`), format: "A4" });
    const sides = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g);
    assert.ok(sides, `${name} prints`);
    return sides.length;
  }
}

/** Whether an element has the focus. */
async function hasFocus(locator) {
  const focused = locator.and(locator.page().locator(":focus"));
  return (await focused.count()) > 0;
}
