// Decisions, one by one: whether somebody can make one, without and with authority; continuing
// healthcare; a risk that is talked about; and the letters that tell the person.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, residentName } from "./people.mjs";

const SOON = ["1", "2", "2027"];

async function findResident(visit, name) {
  await visit.open(`/search?q=${encodeURIComponent(name)}`);
  await visit.page.locator("main").getByRole("link", { name, exact: false }).first().click();
  return new URL(visit.page.url()).pathname;
}

/** Follows the link that writes a part of the form that is shown. */
async function part(visit, title) {
  const section = visit.page.locator("section.kith-read").filter({
    has: visit.page.getByRole("heading", { name: title, exact: true }),
  });
  await section.locator(".kith-read__head").getByRole("link").click();
  await visit.check();
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

async function assess(visit, path, decision, retains) {
  await visit.open(`${path}/decisions`);
  await byKeyboard(visit, "link", "Assess whether they can make a decision");
  await write(visit, { about: decision });
  await byKeyboard(visit, "button", "Begin");
  const form = new URL(visit.page.url()).pathname;
  await part(visit, "Help given to decide");
  await write(visit, { "q-help": "Pictures, in the morning, with her sister beside her" });
  await visit.press("Save");
  await part(visit, "The four abilities");
  for (const ability of ["understand", "retain", "weigh", "communicate"]) {
    const able = ability === "retain" ? retains : "yes";
    await pick(visit, { [`q-${ability}`]: able });
    await write(visit, { [`q-${ability}-seen`]: `What she said showed it: ${able}` });
  }
  await visit.press("Save");
  if (retains === "no") {
    await part(visit, "The cause");
    await write(visit, { "q-impairment": "Dementia, by the clinic’s letter" });
    await pick(visit, { "q-causes": "yes" });
    await visit.page.locator('[name="q-causes-why"]').fill("She loses what was said in a minute");
    await visit.press("Save");
  }
  await visit.open(form);
  await byKeyboard(visit, "link", "Record what this comes to");
  await visit.assertSays("What this comes to");
  await visit.shoot(retains === "no" ? "capacity-lacks" : "capacity-has");
  await pick(visit, { matter: "residence" });
  if (retains === "no") {
    await visit.press("Record this finding");
    await visit.assertErrors("Say until when this can be relied on: capacity can come back");
    await soon(visit, "good-until");
  }
  await byKeyboard(visit, "button", "Record this finding");
  await visit.assertSays("The finding is on record", decision);
}

journey("a decision is the person’s; and without authority it is nobody else’s", async (visit) => {
  const name = await residentName(visit);
  const theirs = once(visit, "Whether to live with a friend");
  const hers = once(visit, "Whether to move to a care home");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);

  await assess(visit, path, theirs, "yes");
  await visit.follow(`Record what is decided: ${theirs}`);
  assert.equal(await visit.page.locator('[name="by"]').count(), 0, "nobody else is offered");
  await write(visit, { decided: "I move in with Rosa" });
  await pick(visit, { unwise: "yes" });
  await visit.shoot("decision-theirs");
  await byKeyboard(visit, "button", "Record their decision");
  await visit.assertSays("I move in with Rosa");

  await assess(visit, path, hers, "no");
  await visit.follow(`Record what is decided: ${hers}`);
  await visit.shoot("decision-without-authority");
  const decide = new URL(visit.page.url()).pathname;
  await visit.open(`${path}/authority/record`);
  await visit.pick("What it is", "Lasting power of attorney for health and welfare");
  await write(visit, { holder: once(visit, "Ada Okonkwo"), document: "7000-1234" });
  await pick(visit, { scope: "residence" });
  for (const [field, day] of [["holds-from", "1"], ["seen-on", "2"], ["registered-on", "1"]]) {
    await write(visit, { [`${field}-day`]: day, [`${field}-month`]: "1", [`${field}-year`]: "2026" });
  }
  await visit.press("Record it");
  await visit.open(decide);
  await visit.page.getByLabel(once(visit, "Ada Okonkwo")).first().check();
  await write(visit, {
    wishes: "Not without my piano",
    consulted: "Her sister",
    options: "Home, or Grove Lane",
    least: "Grove Lane takes the piano",
    decided: "Grove Lane, with the piano",
  });
  await pick(visit, { somebody: "yes", deprives: "no" });
  await soon(visit, "review-by");
  await visit.shoot("decision-with-authority");
  await byKeyboard(visit, "button", "Record this decision");
  await visit.assertSays("Grove Lane, with the piano", "By 1 February 2027");
  await visit.shoot("decisions");

  await visit.change(name);
  await visit.follow("Your assessment");
  await visit.follow("Decisions, and risks that were talked about");
  await visit.follow(`The letter: ${hers}`);
  await visit.assertHeading("What was decided for you");
  await visit.assertSays("Not without my piano", once(visit, "Ada Okonkwo"), "Court of Protection");
  await visit.shoot("letter-decision");
});

journey("a risk is talked about, and continuing healthcare is thought of", async (visit) => {
  const name = await residentName(visit);
  const choice = once(visit, "Whether to go out alone");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await visit.open(`${path}/decisions`);
  await byKeyboard(visit, "link", "Talk about a risk");
  await write(visit, {
    decision: choice,
    what: "She could lose her way",
    person: "I have walked there for fifty years",
    professional: "She was brought home twice",
    done: "A card with her address",
    choice: "I go on Sundays",
  });
  await pick(visit, { "person-likelihood": "unlikely", "professional-harm": "serious", by: "unwise" });
  await visit.press("Keep this");
  await visit.assertErrors("Enter the day on which you talk again");
  await soon(visit, "review-by");
  await visit.shoot("risk");
  await byKeyboard(visit, "button", "Keep this");
  await visit.assertSays("The talk is on record", "I go on Sundays", "Their own choice");
  await visit.follow(`Talk about it again: ${choice}`);
  await visit.assertSays("Last time");
  await visit.open(`${path}/decisions`);
  await visit.follow(`The copy: ${choice}`);
  await visit.assertSays("I have walked there for fifty years", "She was brought home twice");
  await visit.shoot("letter-risk");

  await visit.open(`${path}/decisions`);
  await byKeyboard(visit, "link", "NHS continuing healthcare");
  await visit.press("No checklist is done, for this reason");
  await visit.assertErrors("Say why no checklist is done: the reason is kept, and the person is told it");
  await write(visit, { reason: "She is well again, and manages by herself" });
  await soon(visit, "again-by");
  await visit.shoot("chc");
  await byKeyboard(visit, "button", "No checklist is done, for this reason");
  await visit.assertSays("It is on record", "No checklist was done");
  await visit.follow("The letter on continuing healthcare");
  await visit.assertSays("She is well again", "You can ask for a checklist at any time");
  await visit.shoot("letter-chc");
});
