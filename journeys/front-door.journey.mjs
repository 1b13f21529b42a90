// The front door: somebody new comes, comes again, is answered, and is passed on.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once } from "./people.mjs";

/** Somebody for each run, since both have one store; and their name as a caller might spell it. */
const CALLERS = {
  true: { given: "Siobhán", family: "O’Dowd-Ní Bhriain", heard: ["Siobhan", "O'Dowd Ni Bhriain"] },
  false: { given: "Zoë", family: "D’Souza-Peña", heard: ["Zoe", "D'Souza Pena"] },
};
const FRONT_DOOR = "Lewisham front door";
const NEIGHBOURHOOD = "Lewisham central neighbourhood team";

/** The line of the table about this, which stands only once. */
function lineOf(visit, ...texts) {
  const rows = visit.page.getByRole("row");
  return texts.reduce((lines, hasText) => lines.filter({ hasText }), rows);
}

async function tellTheRest(visit, words) {
  await visit.choose("A request for help (referral)", "A relative, friend or carer");
  await visit.fill({
    "Their name, and how to reach them": "Her niece, 020 7946 0555",
    "What do they say or ask?": words,
  });
}

journey("somebody new comes to the front door, twice", async (visit) => {
  const { given, family, heard } = CALLERS[visit.scripts];
  const name = `${given} ${family}`;
  const first = once(visit, "She has not been out of the house since the fall.");
  const second = once(visit, "She has no food in the house.");

  await visit.signIn(WORKERS.contactOfficer);
  await visit.follow("Front door");
  await visit.assertHeading("Who is it about?");
  await visit.fill({ "Their name, NHS number or date of birth": name });
  await visit.press("Search");
  await visit.assertSays("Nobody to show");
  await visit.shoot("contact-who");
  await visit.follow("It is somebody who is not shown here");

  // What is missing is said, and what was typed stays.
  await visit.fill({ "Given names": given });
  await visit.choose("A hospital");
  await visit.press("Send");
  await visit.assertErrors(
    "Enter a family name, or ‘not known’",
    "Choose what it is",
    "Write what was said or asked",
  );
  await visit.shoot("contact-errors");
  const { page } = visit;
  assert.equal(await page.getByLabel("Given names", { exact: true }).inputValue(), given);
  assert.ok(await page.getByLabel("A hospital", { exact: true }).isChecked());

  await visit.fill({ "Family name": family, "NHS number, if known": "943 476 5918" });
  await tellTheRest(visit, first);
  await visit.press("Send");
  await visit.assertErrors(
    "The last digit of the NHS number does not fit the others; one digit may be mistyped",
  );
  await visit.fill({ "NHS number, if known": "" });
  await visit.press("Send");
  await visit.assertHeading("Contacts you have recorded");
  assert.equal(await lineOf(visit, name).count(), 1);
  await visit.shoot("contact-mine");

  // The same person again, as the caller spells it: who is known already comes first.
  await visit.open("/contact/new");
  await visit.fill({ "Given names": heard[0], "Family name": heard[1] });
  await tellTheRest(visit, second);
  await visit.choose("Somebody must answer today");
  await visit.press("Send");
  await visit.assertSays("Is it one of these people?");
  await visit.shoot("contact-double");
  const asked = await page.getByRole("group").first().innerText();
  assert.ok(asked.startsWith("Is it one of these people?"), `asked first: ${asked}`);
  await visit.choose(name);
  await visit.press("Send");
  assert.equal(await lineOf(visit, name).count(), 2, "both are about one person");

  // Urgent ones are seen to be.
  await visit.follow("My work");
  const due = page.getByRole("listitem").filter({ hasText: `Answer the contact: ${name}` });
  assert.equal(await due.count(), 2);
  const urgent = due.filter({ hasText: "Urgent" });
  assert.equal(await urgent.count(), 1);
  await visit.shoot("work-front-door");

  // The urgent one goes to the team that knows the street.
  await urgent.getByRole("link").click();
  await visit.check();
  await visit.assertHeading(`A contact about ${name}`);
  await visit.assertSays(second, "Her niece, 020 7946 0555", FRONT_DOOR);
  await visit.choose("Pass it on to another team");
  await visit.press("Save");
  await visit.assertSays("Choose a team");
  await visit.shoot("contact");
  await visit.pick("Which team?", NEIGHBOURHOOD);
  await visit.fill({ "In words": "Nearest to her; somebody can call today." });
  await visit.press("Save");
  await visit.assertSays("The contact is up to date");

  // The other is answered.
  await due.first().getByRole("link").click();
  await visit.check();
  await visit.assertSays(first);
  await visit.choose("Answered with information or advice");
  await visit.fill({ "In words": "Told her niece about the falls clinic." });
  await visit.press("Save");
  await visit.assertSays("The contact is up to date");
  assert.equal(await due.count(), 0, "nothing waits here any more");
  await visit.open("/contact/mine");
  assert.equal(await lineOf(visit, name, "Answered with information or advice").count(), 1);
  assert.equal(await lineOf(visit, name, NEIGHBOURHOOD).count(), 1);

  await visit.change(WORKERS.socialWorker);
  const waiting = page.getByRole("listitem").filter({ hasText: name });
  assert.match(await waiting.innerText(), /Answer the contact[^]*Urgent/);
});
