// What somebody pays: asked for, said by the person, drafted, decided, read; and again when they move.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, findResident, once, residentName } from "./people.mjs";

/** A line of a list of the form. */
function row(visit, list, number) {
  return visit.page.getByRole("group", { name: `${list}, line ${number}`, exact: true });
}

/** Fills in a line of a list of the form. */
async function line(visit, list, number, { kind, amount, every = "a week", seen }) {
  const fields = row(visit, list, number);
  await fields.getByLabel("What it is", { exact: true }).selectOption({ label: kind });
  await fields.getByLabel(/\(£\)$/).first().fill(amount);
  const often = fields.getByLabel("How often", { exact: true });
  if (await often.count()) await often.selectOption({ label: every });
  if (seen) await fields.getByLabel("Evidence seen", { exact: true }).fill(seen);
}

/** Opens what is folded away, if it is. */
async function unfold(within, summary) {
  const details = within.locator("details").filter({ hasText: summary }).first();
  if ((await details.getAttribute("open")) === null) await details.locator("summary").click();
  return details;
}

/** Today, and the first day of a month: day, month, year. */
function firstOfMonth(monthsAgo = 0) {
  const day = new Date();
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - monthsAgo, 1));
  return [1, first.getUTCMonth() + 1, first.getUTCFullYear()];
}

/** Has an assessment asked for. */
async function askForIt(visit) {
  await visit.follow("What they pay for care");
  await visit.follow("Ask for a financial assessment");
  await visit.date("When was the person told that a charge may be made?", firstOfMonth(4));
  await visit.pick("Which team is to do it?", "Lewisham financial assessments");
  await visit.press("Ask for it");
  await visit.assertSays("A financial assessment has been asked for");
}

journey("somebody is told what they pay, and why", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await visit.follow("What they pay for care");
  await visit.follow("Ask for a financial assessment");
  await visit.press("Ask for it");
  await visit.assertErrors("Enter the day they were told", "Choose a team");
  await visit.date("When was the person told that a charge may be made?", firstOfMonth());
  await visit.pick("Which team is to do it?", "Lewisham financial assessments");
  const told = once(visit, "Told at home, with the leaflet. Ring after ten.");
  await visit.fill({ "What they were told, and what to know of them": told });
  await visit.shoot("ask-means");
  await visit.press("Ask for it");
  await visit.assertSays("A financial assessment has been asked for");

  await visit.change(name);
  await visit.follow("What you pay for care");
  await visit.follow("Tell us your income, savings and costs");
  await visit.date("From what day is this so?", firstOfMonth());
  await visit.date("Your date of birth", [3, 2, 1955]);
  await visit.choose("Alone, or with people who are not a partner", "At home");
  await line(visit, "Your money coming in", 1, { kind: "State Pension", amount: "£300.00" });
  await line(visit, "Your care and support", 1, { kind: "Care at home", amount: "200" });
  // Enter works it out, wherever it is pressed: it adds no line and takes none away.
  await row(visit, "Your care and support", 1).getByLabel("Cost (£)").focus();
  await visit.keysLead("Enter");
  // The second walk opens with the rent that the first one decided on.
  await visit.assertSays(visit.scripts ? "£58.55 a week" : "£48.55 a week", "Minimum income guarantee");
  await visit.shoot("enter-own");
  const words = once(visit, "My rent may go up.");
  await visit.fill({ "Anything else we should know": words });
  await visit.press("Send it to us");
  await visit.assertSays("We have what you told us", "What we need from you next");

  await visit.change(WORKERS.financeOfficer);
  await visit.open(`${path}/means`);
  await visit.assertSays("The person told us what their income and costs are", told);
  await visit.follow("Enter income, savings and costs");
  await visit.assertSays("Said by the person");
  await visit.date("From what day is it for?", firstOfMonth());
  await line(visit, "Costs of the home", 1, { kind: "Rent", amount: "lots" });
  await visit.press("Keep as a draft");
  await visit.assertErrors("Costs of the home, line 1: enter an amount in pounds, such as 85.50");
  await line(visit, "Costs of the home", 1, { kind: "Rent", amount: "10", seen: "Rent book" });
  await visit.press("Work it out");
  await visit.assertSays("£48.55 a week", "The care costs £200.00; the council pays £151.45.");
  await visit.shoot("enter-means");
  await visit.press("Keep as a draft");
  await visit.assertSays("The draft is kept", "Somebody else will look at it and decide.");

  await visit.change(WORKERS.financeCheck);
  await visit.open(`${path}/means`);
  await visit.follow("Look at the draft, and decide");
  await visit.assertSays(`${WORKERS.financeOfficer} drafted this`, "£48.55 a week", "Rent book");
  await visit.shoot("decide-means");
  await visit.press("Decide");
  await visit.assertSays("What the person pays is decided");

  await visit.change(name);
  await visit.follow("What you pay for care");
  await visit.assertSays("£48.55 a week since", "for State Pension, £300.00 a week");
  await visit.assertSaysNot("for Rent");
  await visit.shoot("means-me");
  await visit.follow("The letter, to print");
  await visit.assertHeading("What you pay for your care");
  await visit.assertSays("you pay £48.55 a week towards your care", "SI 2014/2672 reg 7");
  await visit.assertSays("Why this figure", "What would change it", "If you think this is wrong");
  await visit.shoot("letter-means");
  await visit.print("letter-means");
  assert.ok(path.startsWith("/person/"));
});

journey("one of a couple moves into a care home, with a home, a top-up and nursing", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await askForIt(visit);
  await visit.change(WORKERS.financeOfficer);
  await visit.open(`${path}/means`);
  await visit.follow("Enter income, savings and costs");

  await visit.date("From what day is it for?", firstOfMonth());
  await visit.date("Date of birth", [3, 2, 1945]);
  await visit.choose("With a husband, wife or partner", "In a care home, to stay");
  await visit.date("The partner’s date of birth", [5, 6, 1948]);
  const main = visit.page.locator("main");
  await unfold(main, "When they moved in, and for how long");
  await visit.date("The day they moved in", firstOfMonth(3));
  await visit.date("The day it became permanent (if it has)", firstOfMonth(1));
  await visit.choose("At least half of a work pension goes to a husband, wife or civil partner at home");
  const letter = once(visit, "Award letter");
  await line(visit, "Income", 1, { kind: "State Pension", amount: "241.30", seen: letter });
  await line(visit, "Income", 2, { kind: "Work pension", amount: "520", every: "a month" });
  await line(visit, "Savings and property", 1, { kind: "Main or only home", amount: "310,000" });
  const home = await unfold(row(visit, "Savings and property", 1), "More about this line");
  await home.getByLabel("Who lives there", { exact: true }).selectOption({ label: "Their partner" });
  if (visit.scripts) {
    // Nothing is lost by one line more, and none by taking the wrong one out.
    await visit.page.getByRole("button", { name: "Add another saving or property" }).click();
  }
  await line(visit, "Savings and property", 2, { kind: "Savings", amount: "18,000" });
  await row(visit, "Savings and property", 2).getByLabel("Their share", { exact: true }).fill("half");
  if (visit.scripts) await visit.press("Take out Costs of the home, line 1");
  await line(visit, "Care and support", 1, { kind: "Care home with nursing", amount: "1,250" });
  const care = await unfold(row(visit, "Care and support", 1), "More about this line");
  await care.getByLabel("NHS-funded nursing care").selectOption({ label: "Standard rate" });
  const agreed = await unfold(main, "Top-up, lighter assessment");
  await agreed.getByLabel("Top-up for a dearer place (£)", { exact: true }).fill("50");
  await visit.press("Work it out");
  // The second walk finds what the first one decided.
  const since = visit.scripts ? "What changed:" : "The charge is the same.";
  await visit.assertSays("What it comes to", "Last time: ", since, "The NHS pays the home for nursing");
  await visit.assertSays("Main or only home: left out, because of who lives there");
  await visit.look();
  await visit.shoot("enter-couple");
  await visit.press("Keep as a draft");
  await visit.assertSays("The draft is kept", "What the person is asked for next");
  await visit.assertSays("for Work pension, £520.00 a month", "Main or only home");
  await visit.assertSaysNot("for State Pension, £241.30 a week");
  await visit.shoot("means-couple");

  await visit.change(WORKERS.financeCheck);
  await visit.open(`${path}/means`);
  await visit.follow("Look at the draft, and decide");
  await visit.assertSays(letter, "Said by", WORKERS.financeOfficer, "Last time: ");
  await visit.look();
  await visit.shoot("decide-couple");
  await visit.press("Decide");

  await visit.change(name);
  await visit.follow("What you pay for care");
  await visit.assertSays("What we need from you next", "Please send us, or show us, a copy of:");
  await visit.look();
  await visit.shoot("means-couple-me");
  await visit.follow("The letter that asks for it, to print");
  await visit.assertSays("Your care does not wait for this.");
  await visit.shoot("please-send");
  await visit.print("please-send");
  await visit.open(`${path}/means/letter`);
  await visit.assertSays("Why this figure", "What would change it", "The NHS pays £");
  await visit.assertSays("A top-up for a dearer place pays £50.00 of it. We pay £");
  await visit.shoot("letter-couple");
  await visit.print("letter-couple");
});
