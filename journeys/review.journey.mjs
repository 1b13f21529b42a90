// Whether it works, and is still right: a review beside last time's answers, enablement from its start
// to a result, and a meeting from its list to a decision.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, residentName } from "./people.mjs";

const SOON = ["1", "2", "2027"];

async function findResident(visit, name) {
  await visit.open(`/search?q=${encodeURIComponent(name)}`);
  await visit.page.locator("main").getByRole("link", { name, exact: false }).first().click();
  return new URL(visit.page.url()).pathname;
}

/** Fills a field in by the name it is sent under. */
async function write(visit, fields) {
  for (const [name, words] of Object.entries(fields)) {
    await visit.page.locator(`[name="${name}"]`).fill(words);
  }
}

async function pick(visit, fields) {
  for (const [name, value] of Object.entries(fields)) {
    await visit.page.locator(`[name="${name}"][value="${value}"]`).check();
  }
}

async function soon(visit, name) {
  for (const [at, box] of ["day", "month", "year"].entries()) {
    await visit.page.locator(`[name="${name}-${box}"]`).fill(SOON[at]);
  }
}

/** Moves to a control by the keyboard alone, and presses Enter on it. */
async function byKeyboard(visit, role, name) {
  await visit.tabTo(role, name);
  await visit.keysLead("Enter");
}

/** A plan with one outcome and one action for it. */
async function plan(visit, path, wish) {
  await visit.open(`${path}/plan/outcome`);
  await write(visit, { words: wish, now: "Has not been out since May", hoped: "Out once a week" });
  await visit.page.locator('[name="area"]').selectOption("community");
  await visit.press("Save");
  await visit.open(`${path}/plan/action`);
  await visit.page.getByLabel(wish, { exact: true }).check();
  await write(visit, { what: "Drive her there", "known-by": "She was there" });
  await pick(visit, { source: "family", who: "me" });
  await soon(visit, "due");
  await visit.press("Save");
}

journey("a review stands beside last time’s answers", async (visit) => {
  const name = await residentName(visit);
  const wish = once(visit, "To get to the allotment");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await plan(visit, path, wish);

  await visit.open(path);
  await byKeyboard(visit, "link", "Reviews, and how it goes");
  await byKeyboard(visit, "link", "Hold a review");
  await visit.assertSays("Why there is one", wish, "Has not been out since May");
  const well = once(visit, "I get out on Sundays");
  await write(visit, { person: well, worker: "She walks further", why: "She shops by herself" });
  await pick(visit, { end: "less", risk: "medium" });
  await visit.press("Keep this review");
  // Less support, and not a word on how the needs are met: refused, with what was typed.
  assert.match(await visit.page.title(), /^Error: /);
  await visit.assertSays("Write how this need is still met");
  assert.equal(await visit.page.locator('[name="person"]').inputValue(), well);
  await visit.page.locator(".govuk-error-summary a").first().click();
  await visit.type("Maria drives her");
  for (const need of await visit.page.locator('textarea[name^="still-met-"]').all()) {
    if ((await need.inputValue()) === "") await need.fill("Her sister comes by");
  }
  await visit.page.locator('select[name$="-person"]').last().selectOption("-1");
  await visit.page.locator('select[name$="-worker"]').last().selectOption("1");
  await visit.page.locator('[name="wellbeing"]').selectOption("6");
  await visit.shoot("review-hold");
  await byKeyboard(visit, "button", "Keep this review");
  await visit.assertSays("The review is on the record", well, "Maria drives her", "More than hoped (1)");

  await byKeyboard(visit, "link", "Hold a review");
  await visit.assertSays("Last time", well, "Last time: More than hoped", "Last time: 6");
  await write(visit, { person: "As before", worker: "As before", why: "It works" });
  await pick(visit, { end: "same", risk: "low" });
  await visit.page.locator('select[name$="-person"]').last().selectOption("2");
  await visit.press("Keep this review");
  await visit.assertSays("Much more than hoped (2)");
  await visit.shoot("reviews");

  await visit.change(name);
  await byKeyboard(visit, "link", "Your reviews");
  await visit.assertSays(well);
  await byKeyboard(visit, "link", "Ask for a review");
  await write(visit, { words: once(visit, "I fell on Sunday") });
  await byKeyboard(visit, "button", "Send");
  await visit.assertSays("The next review is due sooner");
});

journey("enablement goes from its start to a result", async (visit) => {
  const name = await residentName(visit);
  const wish = once(visit, "To bath by myself");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await plan(visit, path, wish);
  await visit.open(`${path}/reviews`);
  await byKeyboard(visit, "link", "Begin enablement");
  await visit.choose(wish);
  await write(visit, { hours: "ten" });
  await visit.press("Begin");
  await visit.assertErrors("Write hours and quarters of an hour, such as 7.25 or 7:15");
  await write(visit, { hours: "10:30" });
  await visit.shoot("enablement-begin");
  await byKeyboard(visit, "button", "Begin");
  await visit.assertSays("Enablement has begun");
  await visit.page.getByRole("link", { name: /^Enablement from/ }).first().click();
  await visit.check();
  await byKeyboard(visit, "link", "Write about a week");
  await write(visit, { hours: "6.25", words: "She runs the bath, and gets in with a hand" });
  await byKeyboard(visit, "button", "Keep this");
  await visit.assertSays("6 hours 15 minutes");
  await byKeyboard(visit, "link", "End it, and decide what follows");
  await pick(visit, { end: "less" });
  await write(visit, { hours: "2.5", next: once(visit, "A hand with the bath on Fridays") });
  await visit.shoot("enablement-end");
  await byKeyboard(visit, "button", "End it");
  await visit.assertSays("Less support than before", "2 hours 30 minutes", "on Fridays");
  await visit.shoot("enablement");
});

journey("a meeting goes from its list to a decision, and a message is answered", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await byKeyboard(visit, "link", "Talk about them at a meeting");
  const why = once(visit, "Two falls since the spring");
  await write(visit, { why });
  await pick(visit, { basis: "agreed" });
  await soon(visit, "on");
  await visit.shoot("meeting-list");
  await byKeyboard(visit, "button", "Put them on the list");
  await visit.assertSays("The person is on the list of the meeting");
  await visit.open("/meetings");
  await visit.assertSays("1 February 2027", why);
  await visit.shoot("meetings");
  const line = visit.page.getByRole("row").filter({ hasText: why });
  await line.getByRole("link").click();
  await visit.check();
  await pick(visit, { how: "talked" });
  await write(visit, { there: "Nurse, GSTT; GP, Old Kent Road", decided: "The falls clinic" });
  await byKeyboard(visit, "button", "Keep this");
  await visit.assertSays("What the meeting decided is on the record", "The falls clinic");
  await visit.shoot("meeting");
  await byKeyboard(visit, "link", "Write an action that follows");

  await visit.open(path);
  await byKeyboard(visit, "link", "Write a message");
  const words = once(visit, "Please look at the rail");
  const to = visit.page.locator('[name="to"]');
  await to.selectOption({ index: 0 });
  await write(visit, { words });
  await byKeyboard(visit, "button", "Send");
  await visit.assertSays("The message is on the record", words);
});
