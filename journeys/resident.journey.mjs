// The person themselves: why they were contacted, who has looked, and what they want.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, residentName, somebody } from "./people.mjs";

/** A day so many days from now: day, month, year. */
function inDays(days) {
  const day = new Date(Date.now() + days * 86_400_000);
  return [day.getUTCDate(), day.getUTCMonth() + 1, day.getUTCFullYear()];
}

journey("a resident reads their record and answers the invitation", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.nurse);
  const { path } = await somebody(visit, name);
  await visit.open(path);
  await visit.change(name);
  await visit.assertHeading(name);
  await visit.assertSays("Who you are", "How to speak with you", "Invited to joined-up care");
  await visit.shoot("me");

  await visit.follow("Why was I contacted?");
  await visit.assertHeading("Why was I contacted?");
  await visit.assertSays("Code (SNOMED CT)", "You decide.");
  const evidence = await visit.page.locator("tbody tr").allInnerTexts();
  assert.ok(evidence.length >= 3, "three conditions or more");
  for (const line of evidence) assert.match(line, /\d{4}[^]*\d{6,}/, "a date and a code");
  await visit.shoot("why-me");
  await visit.follow("Back");

  await visit.follow("Who has looked at your record");
  await visit.assertHeading("Who has looked at your record");
  await visit.assertSays(`${WORKERS.nurse}, Community nurse, Lewisham and Greenwich NHS Trust`);
  await visit.shoot("looked");
  await visit.follow("Back");

  await visit.follow("Say how to speak with you");
  await visit.assertHeading("How to speak with you");
  const helps = once(visit, "Ring twice: I am slow to the door.");
  await visit.fill({ "What helps": helps });
  await visit.shoot("speak-me");
  await visit.press("Save");
  await visit.assertSays(helps);

  await visit.follow("Answer the invitation");
  await visit.assertHeading("Would you like joined-up care?");
  await visit.press("Save the answer");
  await visit.assertErrors("Choose an answer");
  await visit.choose("I need time to think");
  await visit.press("Save the answer");
  await visit.assertErrors("Enter the day to ask again");
  await visit.date("When shall we ask again?", [30, 2, 2027]);
  await visit.press("Save the answer");
  await visit.assertErrors("The day must be a real date: February 2027 has 28 days");
  await visit.date("When shall we ask again?", inDays(-1));
  await visit.fill({ "Anything you want to say": "After my daughter’s wedding." });
  await visit.press("Save the answer");
  await visit.assertErrors("The day to ask again must be after today and within a year");
  const words = visit.page.getByLabel("Anything you want to say", { exact: true });
  assert.equal(await words.inputValue(), "After my daughter’s wedding.", "what was typed is kept");
  await visit.shoot("answer-me");
  await visit.date("When shall we ask again?", inDays(visit.scripts ? 20 : 30));
  await visit.press("Save the answer");
  await visit.assertSays("The answer is on the record", "Asked for time until");

  await visit.follow("Ask us anything");
  await visit.assertHeading("Ask us anything");
  await visit.press("Send");
  await visit.assertErrors("Write what you want to say or ask");
  const question = once(visit, "Who will see my answer?");
  await visit.fill({ "What do you want to say or ask?": question });
  await visit.shoot("ask-me");
  await visit.press("Send");
  await visit.assertHeading("Contacts you have recorded");
  await visit.assertSays("Your contact has been sent", "Lewisham front door");
  await visit.shoot("mine-me");
});

/** The carer's day: reads the plan of whom she looks after, and writes in it; all by keyboard. */
async function writesInTheirPlan(carer, name, words) {
  await carer.signIn(await residentName(carer, "Carer"));
  await carer.shoot("carer-own");
  await carer.go("link", `You look after ${name}: see what they share with you`);
  await carer.assertHeading(`What ${name} shares with you`);
  await carer.assertSays("Their plan", "Who works with them");
  await carer.go("link", "Write what you do for it, or how something goes");
  await carer.page.getByLabel(/^Something that I do for this/).first().focus();
  await carer.keys("Space");
  await carer.tabTo("textbox", "What do you do, or how does it go?");
  await carer.type(words);
  await carer.go("button", "Save");
  await carer.assertSays("Their plan", words);
}

journey("a carer writes in a plan, and the person reads what is new and answers", async (visit) => {
  const name = await residentName(visit, "Resident with a plan");
  const carer = await visit.another();
  const words = once(visit, "I go along to the choir when it rains.");
  await writesInTheirPlan(carer, name, words);

  await visit.signIn(name);
  await visit.shoot("me-new");
  await visit.go("link", "Your plan has something new in it: read it, and say what you think");
  await visit.assertHeading("Your plan");
  await visit.assertSays(words, "The plan has changed since you answered.");
  await visit.shoot("plan-new");
  await visit.go("link", "Read the plan, and say whether you agree");
  await visit.page.getByLabel("Yes, I agree with it", { exact: true }).focus();
  await visit.keys("Space");
  await visit.go("button", "Keep this answer");
  await visit.assertSays("What was said to the plan is on the record", "You agreed with the plan");
  await visit.assertSaysNot("The plan has changed since you answered.");
  await visit.open("/me");
  await visit.assertSaysNot("Your plan has something new in it");
});
