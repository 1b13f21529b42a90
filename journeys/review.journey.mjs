// Whether it works, and is still right: a review beside last time's answers, enablement from its start
// to a result, and a meeting from its list to a decision.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, findResident, once, residentName } from "./people.mjs";

const SOON = ["1", "2", "2027"];

/** A plan with one outcome and one action for it. */
async function plan(visit, path, wish) {
  await visit.open(`${path}/plan/outcome`);
  await visit.write({ words: wish, now: "Has not been out since May", hoped: "Out once a week" });
  await visit.page.locator('[name="area"]').selectOption("community");
  await visit.press("Save");
  await visit.open(`${path}/plan/action`);
  await visit.page.getByLabel(wish, { exact: true }).check();
  await visit.write({ what: "Drive her there", "known-by": "She was there" });
  await visit.take({ source: "family", who: "me" });
  await visit.writeDate("due", SOON);
  await visit.press("Save");
}

journey("a review stands beside last time’s answers", async (visit) => {
  const name = await residentName(visit);
  const wish = once(visit, "To get to the allotment");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await plan(visit, path, wish);

  await visit.open(path);
  await visit.go("link", "Reviews, and how it goes");
  await visit.go("link", "Hold a review");
  await visit.assertSays("Why there is one", wish, "Has not been out since May");
  const well = once(visit, "I get out on Sundays");
  await visit.write({ person: well, worker: "She walks further", why: "She shops by herself" });
  await visit.take({ end: "less", risk: "medium" });
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
  await visit.go("button", "Keep this review");
  await visit.assertSays("The review is on the record", well, "Maria drives her", "More than hoped (1)");

  await visit.go("link", "Hold a review");
  await visit.assertSays("Last time", well, "Last time: More than hoped", "Last time: 6");
  await visit.write({ person: "As before", worker: "As before", why: "It works" });
  await visit.take({ end: "same", risk: "low" });
  await visit.page.locator('select[name$="-person"]').last().selectOption("2");
  await visit.press("Keep this review");
  await visit.assertSays("Much more than hoped (2)");
  await visit.shoot("reviews");
  await visit.page.getByRole("link", { name: "What was decided at the review" }).first().click();
  await visit.check();
  await visit.assertSays("Your plan goes on as it is", "It works", "If you think this is wrong");
  await visit.shoot("review-letter");
  await visit.print("review-letter");

  await visit.change(name);
  await visit.go("link", "Your reviews");
  await visit.assertSays(well);
  await visit.go("link", "Ask for a review");
  await visit.write({ words: once(visit, "I fell on Sunday") });
  await visit.go("button", "Send");
  await visit.assertSays("The next review is due sooner");
});

journey("enablement goes from its start to a result", async (visit) => {
  const name = await residentName(visit);
  const wish = once(visit, "To bath by myself");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await plan(visit, path, wish);
  await visit.open(`${path}/reviews`);
  await visit.go("link", "Begin enablement");
  await visit.choose(wish);
  await visit.write({ hours: "ten" });
  await visit.press("Begin");
  await visit.assertErrors("Write hours and quarters of an hour, such as 7.25 or 7:15");
  await visit.write({ hours: "10:30" });
  await visit.shoot("enablement-begin");
  await visit.go("button", "Begin");
  await visit.assertSays("Enablement has begun");
  await visit.page.getByRole("link", { name: /^Enablement from/ }).first().click();
  await visit.check();
  await visit.go("link", "Write about a week");
  await visit.write({ hours: "6.25", words: "She runs the bath, and gets in with a hand" });
  await visit.go("button", "Keep this");
  await visit.assertSays("6 hours 15 minutes");
  await visit.go("link", "End it, and decide what follows");
  await visit.take({ end: "less" });
  await visit.write({ hours: "2.5", next: once(visit, "A hand with the bath on Fridays") });
  await visit.shoot("enablement-end");
  await visit.go("button", "End it");
  await visit.assertSays("Less support than before", "2 hours 30 minutes", "on Fridays");
  await visit.shoot("enablement");
});

journey("a meeting goes from its list to a decision, and a message is answered", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await visit.go("link", "Talk about them at a meeting");
  const why = once(visit, "Two falls since the spring");
  await visit.write({ why });
  await visit.take({ basis: "agreed" });
  await visit.writeDate("on", SOON);
  await visit.shoot("meeting-list");
  await visit.go("button", "Put them on the list");
  await visit.assertSays("The person is on the list of the meeting");
  await visit.open("/meetings");
  await visit.assertSays("1 February 2027", why);
  await visit.shoot("meetings");
  const line = visit.page.getByRole("row").filter({ hasText: why });
  await line.getByRole("link").click();
  await visit.check();
  await visit.take({ how: "talked" });
  await visit.write({ there: "Nurse, GSTT; GP, Old Kent Road", decided: "The falls clinic" });
  await visit.go("button", "Keep this");
  await visit.assertSays("What the meeting decided is on the record", "The falls clinic");
  await visit.shoot("meeting");
  await visit.go("link", "Write an action that follows");

  await visit.open(path);
  await visit.go("link", "Write a message");
  const words = once(visit, "Please look at the rail");
  const to = visit.page.locator('[name="to"]');
  await to.selectOption({ index: 0 });
  await visit.write({ words });
  await visit.go("button", "Send");
  await visit.assertSays("The message is on the record", words);
});
