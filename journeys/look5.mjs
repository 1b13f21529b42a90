import { chromium } from "playwright-core";
import { mkdirSync, writeFileSync } from "node:fs";
const BASE = "http://127.0.0.1:4791", OUT = "/tmp/a5/shots";
mkdirSync(OUT, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const signed = async (name) => {
  const c = await browser.newContext({ baseURL: BASE, viewport: { width: 1280, height: 900 }, deviceScaleFactor: 1 });
  const p = await c.newPage();
  await p.goto("/sign-in");
  await p.getByRole("button", { name: `Sign in as ${name}`, exact: true }).first().click();
  await p.waitForLoadState();
  return p;
};
const report = [];
const look = async (p, name, url) => {
  if (url) { const a = await p.goto(url); if (a.status() !== 200) report.push(`${name}: ${a.status()} ${url}`); }
  for (const w of [400, 640]) {
    await p.setViewportSize({ width: w, height: 900 });
    const bad = await p.evaluate((w) => {
      const out = [];
      for (const e of document.querySelectorAll("main *, header *")) {
        const r = e.getBoundingClientRect();
        if (r.width === 0 || e.closest(".govuk-visually-hidden") || e.closest("svg")) continue;
        const s = getComputedStyle(e);
        let scroller = e.parentElement; let inside = false;
        while (scroller) { const o = getComputedStyle(scroller).overflowX; if (o === "auto" || o === "scroll") { inside = true; break; } scroller = scroller.parentElement; }
        if (!inside && (r.right > w + 1 || r.left < -1)) out.push(`${e.tagName}.${e.className} ${Math.round(r.left)}-${Math.round(r.right)}`);
        if (s.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1) out.push(`cut ${e.tagName}.${e.className}`);
      }
      if (document.documentElement.scrollWidth > w) out.push(`page ${document.documentElement.scrollWidth}`);
      return out.slice(0, 5);
    }, w);
    if (bad.length) report.push(`${name} @${w}: ${bad.join("; ")}`);
    await p.screenshot({ path: `${OUT}/${name}-${w}.png`, fullPage: true });
  }
};
const links = async (p) => p.$$eval("main a", (as) => as.map((a) => [a.textContent.trim(), a.getAttribute("href")]));
const find = (ls, re) => (ls.find(([t, h]) => re.test(t) || re.test(h)) || [])[1];

// Who signs in as the resident.
const s = await (await browser.newContext({ baseURL: BASE })).newPage();
await s.goto("/sign-in");
const item = s.getByRole("listitem").filter({ has: s.getByText("Resident", { exact: true }) });
const resident = (await item.getByRole("button").first().innerText()).replace("Sign in as ", "");
const sw = await signed("Amara Nwosu");
await sw.goto(`/search?q=${encodeURIComponent(resident)}`);
await sw.locator("main").getByRole("link", { name: resident }).first().click();
const path = new URL(sw.url()).pathname;
await look(sw, "01-assessment", `${path}/assessment`);
let ls = await links(sw);
await look(sw, "02-section", `${path}/form/assessment/about-me`);
await look(sw, "03-section-pro", `${path}/form/assessment/physical-health`);
await look(sw, "04-eligibility", `${path}/eligibility`);
await look(sw, "05-decisions", `${path}/decisions`);
ls = await links(sw);
const dec = ls.filter(([t, h]) => /\/decision\/\d+/.test(h));
const lets = ls.filter(([t, h]) => /\/letter\/\d+/.test(h));
await look(sw, "06-begin-capacity", `${path}/begin?form=capacity`);
await look(sw, "07-authority", `${path}/authority`);
await look(sw, "08-authority-record", `${path}/authority/record`);
await look(sw, "09-risk", `${path}/risk`);
await look(sw, "10-chc", `${path}/chc`);
await look(sw, "11-letters", `${path}/letters`);
const own = await links(sw);
let n = 0;
for (const [t, h] of own.filter(([t, h]) => /\/letter\/\d+/.test(h)).slice(0, 6)) {
  n += 1;
  await look(sw, `12-letter-${n}`, h);
  if (n <= 2) { await look(sw, `13-letter-${n}-easy`, `${h}?print=easy-read`); await look(sw, `13-letter-${n}-large`, `${h}?print=large`); }
}
await look(sw, "14-caring", `${path}/caring`);
await look(sw, "15-caring-offer", `${path}/caring/offer`);
await look(sw, "16-caring-code", `${path}/caring/code`);
await look(sw, "17-card", `${path}/card`);
await look(sw, "18-card-write", `${path}/card/write`);
// A capacity form that is under way: begin one.
await sw.setViewportSize({ width: 1280, height: 900 });
await sw.goto(`${path}/begin?form=capacity`);
await sw.locator('[name="about"]').fill("Whether to have an operation on the hip, at King’s or at home in Lewisham");
await sw.locator("main form button[type=submit]").first().click();
await sw.waitForLoadState();
const form = new URL(sw.url()).pathname;
await look(sw, "19-capacity-form", form);
await look(sw, "20-capacity-record", form.replace("/form/", "/capacity/"));
await look(sw, "21-hand-over", form.replace("/form/", "/hand/"));
await look(sw, "22-end", form.replace("/form/", "/end/"));
await look(sw, "23-capacity-functional", `${form}/functional`);
// Best interests, decision.
if (dec[0]) await look(sw, "24-decision", dec[0][1]);
for (const [t, h] of ls.filter(([t, h]) => /\/decision\/\d+/.test(h)).slice(1, 3)) await look(sw, `24-decision-${h.split("/").pop()}`, h);
await sw.setViewportSize({ width: 1280, height: 900 });
await sw.goto(`${path}/begin?form=best-interests&about=Whether+to+move`);
await sw.locator("main form button[type=submit]").first().click();
await sw.waitForLoadState();
await look(sw, "25-best-interests", new URL(sw.url()).pathname);
await look(sw, "26-work", "/work");
// The checklist.
const nurse = await signed("Declan O’Rourke");
await nurse.goto("/found");
const row = nurse.getByRole("row").filter({ hasText: "Said yes" }).first();
const there = await row.getByRole("link").getAttribute("href");
await nurse.goto(`${there}/assessment`);
await look(nurse, "27-assessment-chc", `${there}/assessment`);
const chc = (await links(nurse)).filter(([t]) => /checklist/i.test(t));
for (const [t, h] of chc.slice(0, 1)) { await look(nurse, "28-chc-form", h); await look(nurse, "29-chc-domains", `${h}/domains`); }
await nurse.goto(`${there}/decisions`);
const cl = find(await links(nurse), /continuing healthcare$/);
// Prompts.
const lead = await signed("Grace Adeyemi");
await look(lead, "30-lead-work", "/work");
const prompt = (await links(lead)).find(([t, h]) => /\/prompt\//.test(h));
if (prompt) await look(lead, "31-prompt", prompt[1]);
// The resident.
const me = await signed(resident);
await look(me, "40-me", "/me");
await look(me, "41-me-assessment", `${path}/assessment`);
await look(me, "42-me-section", `${path}/form/assessment/about-me`);
await look(me, "43-me-decisions", `${path}/decisions`);
await look(me, "44-me-caring", `${path}/caring`);
await look(me, "45-me-offer", `${path}/caring/offer`);
await look(me, "46-me-carers-form", `${path}/form/carers-assessment`);
await look(me, "47-me-letters", `${path}/letters`);
const shared = (await (async () => { await me.goto(`${path}/caring`); return links(me); })()).find(([t, h]) => /shared/.test(h));
if (shared) await look(me, "48-shared", shared[1]);
console.log(report.join("\n"));
await browser.close();
