// The guides for everyone: nobody signs in, and nothing is kept.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";

const NARROWEST = { width: 360, height: 740 };

/** Fits the narrowest phone, and pictures of it there and on a screen. */
async function look(visit, name) {
  await visit.page.setViewportSize(NARROWEST);
  await visit.assertFits(NARROWEST);
  await visit.shoot(name);
}

/** Ticks an income, and says how much and how often. */
async function income(visit, label, amount, every) {
  await visit.choose(label);
  await visit.fill({ [`How much, in pounds, ${label}`]: amount });
  await visit.pick(`How often, ${label}`, every);
}

/** The browser holds nothing but the token of its forms, and no address tells what was typed. */
async function assertNothingKept(visit) {
  const cookies = await visit.context.cookies();
  assert.deepEqual(cookies.map((cookie) => cookie.name), ["kith"]);
  const { search, hash } = new URL(visit.page.url());
  assert.equal(search + hash, "", "nothing typed stands in the address");
}

journey("what care at home might cost", async (visit) => {
  await visit.open("/sign-in");
  await visit.follow("What might I pay for care?");
  await look(visit, "pay-about");

  // What is missing is said at its place and at the top, and what was typed stays.
  await visit.date("What is your date of birth?", [31, 2, 1986]);
  await visit.press("Continue");
  await visit.assertErrors(
    "Choose where you will have your care",
    "Your date of birth must be a real date: February 1986 has 28 days",
    "Choose who you live with",
  );
  await look(visit, "pay-errors");
  const day = visit.page.getByLabel("Day", { exact: true });
  assert.equal(await day.filter({ visible: true }).first().inputValue(), "31");
  await visit.choose("At home");
  await visit.date("What is your date of birth?", [1, 5, 1986]);
  await visit.choose("On my own, or with people who are not my partner or my children");
  await visit.press("Continue");

  await visit.assertHeading("Your money coming in");
  await income(visit, "Universal Credit", "£424.90", "Every month");
  await income(
    visit,
    "Personal Independence Payment, daily living, enhanced rate",
    "114.60",
    "Every week",
  );
  await visit.choose("Work pension");
  await look(visit, "pay-income");
  await visit.press("Continue");
  await visit.assertErrors(
    "Work pension: write how much you get",
    "Work pension: choose how often",
  );
  // Half of a pension of £60 is passed on in the officers’ example; here it is what is left.
  await income(visit, "Work pension", "30", "Every week");
  await visit.press("Continue");

  await visit.assertHeading("Your savings");
  await visit.fill({ "How much do you have in savings, in pounds?": "18,436.00" });
  await visit.page.getByLabel("No", { exact: true }).check();
  await look(visit, "pay-savings");
  await visit.press("Continue");

  await visit.fill({ "How much, in pounds, Rent": "10" });
  await visit.pick("How often, Rent", "Every week");
  await visit.fill({ "How much, in pounds, All of these together": "6.42" });
  await visit.pick("How often, All of these together", "Every week");
  await look(visit, "pay-costs");
  await visit.press("Continue");

  await visit.assertHeading("What the care costs");
  await visit.fill({ "What does all your care cost a week, in pounds?": "391.95" });
  await look(visit, "pay-care");
  await visit.press("Show what I might pay");

  await visit.assertHeading("What you might pay");
  // The amounts of the law change each April; these are those of 2026-27.
  if (Date.now() < Date.parse("2027-04-12")) {
    await visit.assertSays("You might pay £46.13 a week", "The council would pay £345.82.");
  }
  await visit.assertSays(
    "It is not a decision",
    "How we worked it out",
    "What would change this",
    "Ask for a real assessment",
  );
  await look(visit, "pay-answer");
  await visit.print("pay-answer");
  await assertNothingKept(visit);

  // An answer can be changed without the others being lost.
  await visit.press("Cost of the care");
  const cost = visit.page.getByLabel("What does all your care cost a week, in pounds?");
  assert.equal(await cost.inputValue(), "391.95");
  await cost.fill("");
  await visit.press("Show what I might pay");
  await visit.assertSays("and never more than the care costs");
  await visit.assertSaysNot("1,000,000");
});

journey("what a care home might cost somebody who owns their home", async (visit) => {
  await visit.open("/what-might-i-pay");
  await visit.choose("In a care home, to stay");
  await visit.date("What is your date of birth?", [17, 5, 1941]);
  await visit.choose("On my own, or with people who are not my partner or my children");
  await visit.press("Continue");
  await income(visit, "State Pension", "800", "Every 4 weeks");
  await visit.press("Continue");
  await visit.fill({ "How much do you have in savings, in pounds?": "9000" });
  const group = (name) => visit.page.getByRole("group", { name, exact: true });
  await group("Do you own your home?").getByLabel("Yes", { exact: true }).check();
  await visit.fill({ "What would it sell for, in pounds?": "310000" });
  await visit.choose("No, it is all mine");
  await visit.choose("Nobody");
  await group("Do you own any other house, flat or land?").getByLabel("No", { exact: true }).check();
  await look(visit, "pay-home");
  await visit.press("Continue");
  await visit.assertHeading("What the care costs");
  await visit.choose("No");
  await visit.press("Show what I might pay");
  await visit.assertSays(
    "For the first 12 weeks",
    "You might pay all that your care costs",
    "deferred payment agreement",
  );
  await look(visit, "pay-care-home");
});

journey("whether there could be support", async (visit) => {
  await visit.open("/could-i-get-support");
  await look(visit, "support-who");
  await visit.choose("I find some things hard to do, and may need help");
  await visit.press("Continue");
  await visit.choose("Getting dressed in the right clothes");
  await visit.press("Show what the law looks at");
  await visit.assertErrors(
    "Choose yes or no",
    "Getting dressed in the right clothes: tick what is true",
    "Choose if it makes a big difference to your life",
  );
  await look(visit, "support-errors");
  await visit.page.getByLabel("Yes", { exact: true }).first().check();
  const ways = visit.page.getByLabel("I can do it, but it takes me much longer than other people");
  await ways.filter({ visible: true }).check();
  await visit.choose("Using the toilet");
  const alone = visit.page.getByLabel("I cannot do it without help, or not even with help");
  await alone.filter({ visible: true }).first().check();
  await visit.page.getByLabel("Yes", { exact: true }).last().check();
  await visit.press("Show what the law looks at");
  await visit.assertSays(
    "You may be able to get support. Ask for an assessment.",
    "It is not a decision",
    "Using the toilet",
  );
  await look(visit, "support-answer");
  await visit.print("support-answer");
  await assertNothingKept(visit);

  // And somebody who cares.
  await visit.press("Who it is for");
  await visit.choose("I look after somebody: a relative, a friend or a neighbour");
  await visit.press("Continue");
  await visit.page.getByLabel("Yes", { exact: true }).first().check();
  await visit.page.getByLabel("No", { exact: true }).nth(1).check();
  await visit.choose("I am not sure");
  await look(visit, "support-carer");
  await visit.press("Show what the law looks at");
  await visit.assertSays("The council may not have to give you support. You can still ask.");
});

journey("whether the NHS could pay", async (visit) => {
  await visit.open("/could-the-nhs-pay");
  await look(visit, "nhs-questions");
  await visit.press("Show what to ask");
  await visit.assertErrors(
    "Choose if the person is getting worse quickly",
    "Choose where the person is now",
    "Choose if the person was held in hospital",
    "Choose if somebody has filled in a checklist",
  );
  await visit.page.getByLabel("No", { exact: true }).first().check();
  await visit.choose("In hospital", "Breathing", "No, nobody has");
  await visit.page.getByLabel("No", { exact: true }).nth(1).check();
  await visit.press("Show what to ask");
  await visit.assertSays("Ask for a checklist.", "only the NHS can decide", "the ward");
  await look(visit, "nhs-answer");
  await visit.print("nhs-answer");
  await assertNothingKept(visit);
});
