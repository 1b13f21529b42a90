// What a person pays: asked for by a social worker, said by the person, drafted by one officer and
// decided by another, read by the person.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, residentName } from "./people.mjs";

/** Fills in one line of a list of the form. */
async function line(visit, list, number, { kind, amount, every = "a week" }) {
  const row = visit.page.getByRole("group", { name: `${list}, line ${number}`, exact: true });
  await row.getByLabel("What it is", { exact: true }).selectOption({ label: kind });
  await row.getByLabel(/\(£\)$/).first().fill(amount);
  const often = row.getByLabel("How often", { exact: true });
  if (await often.count()) await often.selectOption({ label: every });
}

/** Today, and the first day of its month: day, month, year. */
function firstOfMonth() {
  const day = new Date();
  return [1, day.getUTCMonth() + 1, day.getUTCFullYear()];
}

journey("somebody is told what they pay, and why", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  await visit.open(`/search?q=${encodeURIComponent(name)}`);
  await visit.page.locator("main").getByRole("link", { name, exact: false }).first().click();
  const path = new URL(visit.page.url()).pathname;
  await visit.follow("What they pay for care");
  await visit.follow("Ask for a financial assessment");
  await visit.press("Ask for it");
  await visit.assertErrors("Enter the day they were told", "Choose a team");
  await visit.date("When was the person told that a charge may be made?", firstOfMonth());
  await visit.pick("Which team is to do it?", "Lewisham financial assessments");
  await visit.shoot("ask-means");
  await visit.press("Ask for it");
  await visit.assertSays("A financial assessment has been asked for");

  await visit.change(name);
  await visit.follow("What you pay for care");
  await visit.follow("Tell us your income, savings and costs");
  await visit.date("From what day is it for?", firstOfMonth());
  await visit.date("Date of birth", [3, 2, 1955]);
  await visit.choose("Alone, or with people who are not a partner", "At home");
  await line(visit, "Income", 1, { kind: "State Pension", amount: "£300.00" });
  await line(visit, "Care and support", 1, { kind: "Care at home", amount: "200" });
  await visit.press("Work it out");
  // The second walk opens with the rent that the first one decided on.
  await visit.assertSays(visit.scripts ? "£58.55 a week" : "£48.55 a week", "Minimum income guarantee");
  await visit.shoot("enter-own");
  const words = once(visit, "My rent may go up.");
  await visit.fill({ "Anything else we should know": words });
  await visit.press("Send it to us");
  await visit.assertSays("We have what you told us");

  await visit.change(WORKERS.financeOfficer);
  await visit.open(`${path}/means`);
  await visit.assertSays("The person told us what their income and costs are");
  await visit.follow("Enter income, savings and costs");
  await visit.date("From what day is it for?", firstOfMonth());
  await line(visit, "Costs of the home", 1, { kind: "Rent", amount: "lots" });
  await visit.press("Keep as a draft");
  await visit.assertErrors("Enter an amount in pounds, such as 85.50");
  await line(visit, "Costs of the home", 1, { kind: "Rent", amount: "10" });
  await visit.press("Work it out");
  await visit.assertSays("£48.55 a week", "The care costs £200.00; the council pays £151.45.");
  await visit.shoot("enter-means");
  await visit.press("Keep as a draft");
  await visit.assertSays("The draft is kept", "Somebody else will look at it and decide.");

  await visit.change(WORKERS.financeCheck);
  await visit.open(`${path}/means`);
  await visit.follow("Look at the draft, and decide");
  await visit.assertSays(`${WORKERS.financeOfficer} drafted this`, "£48.55 a week");
  await visit.shoot("decide-means");
  await visit.press("Decide");
  await visit.assertSays("What the person pays is decided");

  await visit.change(name);
  await visit.follow("What you pay for care");
  await visit.assertSays("£48.55 a week since");
  await visit.shoot("means-me");
  await visit.follow("The letter, to print");
  await visit.assertHeading("What you pay for your care");
  await visit.assertSays("you pay £48.55 a week towards your care", "SI 2014/2672 reg 7");
  await visit.shoot("letter-means");
  assert.ok(path.startsWith("/person/"));
});
