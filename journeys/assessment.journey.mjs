// The one shared assessment: a social worker writes three parts after a contact, a nurse is not asked
// again, two write at once, a review opens with last time beside; and the person reads it all.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, findResident, once, residentName } from "./people.mjs";

/** Both runs have one store: each writes in parts of its own. */
const PARTS = {
  true: ["About me", "What matters to me now", "My physical health", "How I feel, and my memory"],
  false: ["Staying safe", "My home", "Dressing", "Using the toilet"],
};

/** The part of the page in which a question stands. */
function question(visit, text) {
  return visit.page.locator(".kith-question").filter({ hasText: text }).first();
}

/** Answers the first question of words on the page, whichever part it is. */
async function answerFirst(visit, words) {
  await visit.page.locator(".kith-question textarea[name^='q-']:visible").first().fill(words);
}

/** Writes into a question of words. */
async function write(visit, label, words) {
  await visit.page.getByRole("textbox", { name: label, exact: true }).fill(words);
}

async function contactToAssessment(visit, path, words) {
  await visit.follow("Record a contact");
  await visit.choose("A request for help (referral)", "The person themselves");
  await visit.fill({ "What do they say or ask?": words });
  await visit.press("Send");
  await visit.assertHeading("Contacts you have recorded");
  await visit.open(path);
  await visit.page.getByRole("link", { name: /^A contact waits for an answer/ }).last().click();
  await visit.check();
  await visit.choose("An assessment will be offered");
  await visit.fill({ "In words": "We will visit and talk it through." });
  await visit.press("Save");
}

journey("a story is told once, to a social worker, and a nurse adds to it", async (visit) => {
  const name = await residentName(visit);
  const [first, second, third, hers] = PARTS[visit.scripts];
  const said = (what) => once(visit, what);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await contactToAssessment(visit, path, said("I worry about the stairs."));
  await visit.assertHeading("Assessment");
  await visit.assertSays("The contact is answered", "is not asked again");
  await visit.shoot("assessment-begins");

  await visit.part(first);
  await answerFirst(visit, said("My garden, and Sunday lunch."));
  if (visit.scripts) {
    const people = [["Rosa Wallace", "sister"], ["Mr Adeyemi", "neighbour"], ["Junior", "son"]];
    for (const [number, [who, relation]] of people.entries()) {
      if (number > 0) await visit.press("Add another person");
      const row = visit.page.getByRole("group", { name: `line ${number + 1}` });
      await row.getByLabel("Name", { exact: true }).fill(who);
      await row.getByLabel("Who they are", { exact: true }).fill(relation);
    }
  }
  await visit.fill({ "What this rests on": "A visit at home" });
  await visit.shoot("assessment-section");
  await visit.look();
  await visit.press("Save");
  await visit.assertSays("What you wrote is on the record", said("My garden, and Sunday lunch."));
  await visit.part(second);
  await answerFirst(visit, said("I want to stay at home."));
  await visit.press("Save");
  await visit.part(third);
  await answerFirst(visit, said("Stairs are slow."));
  await visit.press("Save");
  await visit.shoot("assessment");

  await visit.change(WORKERS.nurse);
  await findResident(visit, name);
  await visit.follow("Assessment");
  await visit.assertSays(said("I want to stay at home."), `Told to ${WORKERS.socialWorker}`);
  await visit.part(first);
  const known = question(visit, said("My garden, and Sunday lunch."));
  assert.equal(await known.locator("textarea:visible").count(), 0, "what is known is not asked");
  await visit.press("All of this is still right");
  await visit.assertErrors("Say with whom you confirmed it: these are the person’s words");
  await visit.shoot("assessment-confirm");
  await visit.fill({ "What this rests on": "At the clinic, with her" });
  await visit.press("All of this is still right");
  await visit.assertSays("It is confirmed", `Confirmed by ${WORKERS.nurse}`);
  await visit.part(hers);
  await visit.shoot("assessment-section-nurse");
  await answerFirst(visit, said("Some nights are long."));
  await visit.press("Save");
  await visit.assertSays(said("Some nights are long."));

  await visit.change(name);
  await visit.follow("Your assessment");
  await visit.assertHeading("Your assessment");
  for (const words of ["My garden, and Sunday lunch.", "Stairs are slow.", "Some nights are long."]) {
    await visit.assertSays(said(words));
  }
  await visit.shoot("assessment-me");
  await visit.print("assessment");
  await visit.part(third);
  await visit.shoot("assessment-section-me");
  assert.ok(path.startsWith("/person/"));
});

journey("two people write one part at once, and nothing is lost", async (nurse) => {
  const name = await residentName(nurse);
  const socialWorker = await nurse.another();
  const title = nurse.scripts ? "Money" : "People and community";
  const label = nurse.scripts
    ? "How I manage with money, letters and bills"
    : "Groups, faith, clubs or neighbours I belong to, or used to";
  for (const [visit, who] of [[nurse, WORKERS.nurse], [socialWorker, WORKERS.socialWorker]]) {
    await visit.signIn(who);
    await findResident(visit, name);
    await visit.follow("Assessment");
    await visit.part(title);
  }
  const theirs = once(nurse, "My neighbour helps.");
  const mine = once(nurse, "My son helps on Fridays.");
  await write(nurse, label, theirs);
  await nurse.press("Save");
  await write(socialWorker, label, mine);
  await socialWorker.press("Save");
  await socialWorker.assertSays("Somebody else wrote here", `${WORKERS.nurse} wrote this`, theirs);
  await socialWorker.look();
  await socialWorker.shoot("assessment-conflict");
  const field = socialWorker.page.getByRole("textbox", { name: label, exact: true });
  assert.equal(await field.inputValue(), mine, "what was typed is kept");
  await write(socialWorker, label, `${theirs} ${mine}`);
  await socialWorker.press("Save");
  await socialWorker.assertSays("What you wrote is on the record", theirs, mine);
});

journey("a review opens with last time beside this time, and a prompt is answered", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  for (const words of ["I sleep better.", "I walk to the shop again."]) {
    await visit.follow("Assessment");
    await visit.follow("Begin a form");
    await visit.choose("Review");
    await visit.fill({ "Why now": "A year has gone by" });
    await visit.shoot("assessment-begin");
    await visit.press("Begin");
    await visit.assertSays("It is begun");
    await visit.part("How it is going, in my words");
    if (words.startsWith("I walk")) {
      await visit.assertSays("Last time", once(visit, "I sleep better."));
      await visit.press("Copy across What has got better since last time");
      await visit.shoot("assessment-review");
      await visit.look();
    }
    await write(visit, "What has got better since last time", once(visit, words));
    await visit.press("Save");
    await visit.follow("Finish it, or close it");
    await visit.assertSays("It can be finished when these are answered");
    await visit.choose("Not needed after all");
    await visit.fill({ "What else to know": "Moved to next month" });
    await visit.shoot("assessment-end");
    await visit.press("Save");
    await visit.assertSays("It is on the record how this came to its end", "Moved to next month");
    await visit.open(path);
  }

  // What an answer calls for is thought of, with its reason.
  await visit.follow("Assessment");
  const [title, asks, prompt] = visit.scripts
    ? ["Technology", "Would I like to try something", "See what technology could do"]
    : ["Money", "Does anybody take my money", "Think of safeguarding: is somebody being harmed?"];
  await visit.part(title);
  await question(visit, asks).getByLabel("Yes", { exact: true }).check();
  await visit.press("Save");
  await visit.assertSays("To think of", prompt);
  await visit.shoot("assessment-prompted");
  await visit.follow(prompt);
  await visit.choose("It is done");
  await visit.fill({ "In words": "We talked it through, and something was done." });
  await visit.shoot("assessment-prompt");
  await visit.press("Save");
  await visit.assertSays("What came of it is on the record");
});
