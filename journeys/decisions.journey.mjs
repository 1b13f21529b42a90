// Decisions, one by one: whether somebody can make one, without and with authority; continuing
// healthcare; a risk that is talked about; and the letters that tell the person.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, findResident, once, residentName, somebody } from "./people.mjs";

const SOON = ["1", "2", "2027"];

async function assess(visit, path, decision, retains) {
  await visit.open(`${path}/decisions`);
  await visit.go("link", "Assess whether they can make a decision");
  await visit.write({ about: decision });
  await visit.go("button", "Begin");
  const form = new URL(visit.page.url()).pathname;
  await visit.part("Help given to decide");
  await visit.write({ "q-help": "Pictures, in the morning, with her sister beside her" });
  await visit.press("Save");
  await visit.part("The four abilities");
  for (const ability of ["understand", "retain", "weigh", "communicate"]) {
    const able = ability === "retain" ? retains : "yes";
    await visit.take({ [`q-${ability}`]: able });
    await visit.write({ [`q-${ability}-seen`]: `What she said showed it: ${able}` });
  }
  await visit.press("Save");
  if (retains === "no") {
    await visit.part("The cause");
    await visit.write({ "q-impairment": "Dementia, by the clinic’s letter" });
    await visit.take({ "q-causes": "yes" });
    await visit.page.locator('[name="q-causes-why"]').fill("She loses what was said in a minute");
    await visit.press("Save");
  }
  await visit.open(form);
  await visit.go("link", "Record what this comes to");
  await visit.assertSays("What this comes to");
  await visit.shoot(retains === "no" ? "capacity-lacks" : "capacity-has");
  await visit.take({ matter: "residence" });
  if (retains === "no") {
    await visit.press("Record this finding");
    await visit.assertErrors("Say until when this can be relied on: capacity can come back");
    await visit.writeDate("good-until", SOON);
  }
  await visit.go("button", "Record this finding");
  await visit.assertSays("The finding is on record", decision);
}

/** Puts the letter that is shown on record as given, by the keyboard. */
async function give(visit) {
  await visit.tabTo("radio", "Sent by post");
  await visit.keys("ArrowDown", "ArrowDown");
  await visit.go("button", "Put it on record as given");
  await visit.assertSays("It is on record that the letter was given", "Read aloud to them");
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
  await visit.write({ decided: "I move in with Rosa" });
  await visit.take({ unwise: "yes" });
  await visit.shoot("decision-theirs");
  await visit.go("button", "Record their decision");
  await visit.assertSays("I move in with Rosa");

  await assess(visit, path, hers, "no");
  await visit.follow(`Record what is decided: ${hers}`);
  await visit.shoot("decision-without-authority");
  const decide = new URL(visit.page.url()).pathname;
  await visit.open(`${path}/authority/record`);
  await visit.pick("What it is", "Lasting power of attorney for health and welfare");
  await visit.write({ holder: once(visit, "Ada Okonkwo"), document: "7000-1234" });
  await visit.take({ scope: "residence" });
  for (const [field, day] of [["holds-from", "1"], ["seen-on", "2"], ["registered-on", "1"]]) {
    await visit.write({ [`${field}-day`]: day, [`${field}-month`]: "1", [`${field}-year`]: "2026" });
  }
  await visit.press("Record it");
  await visit.open(decide);
  await visit.page.getByLabel(once(visit, "Ada Okonkwo")).first().check();
  await visit.write({
    wishes: "Not without my piano",
    consulted: "Her sister",
    options: "Home, or Grove Lane",
    least: "Grove Lane takes the piano",
    decided: "Grove Lane, with the piano",
  });
  await visit.take({ somebody: "yes", deprives: "no" });
  await visit.writeDate("review-by", SOON);
  await visit.shoot("decision-with-authority");
  await visit.go("button", "Record this decision");
  await visit.assertSays("Grove Lane, with the piano", "By 1 February 2027");
  await visit.shoot("decisions");

  await visit.change(name);
  await visit.follow("Your assessment");
  await visit.follow("Decisions, and risks that were talked about");
  await visit.follow(`The letter: ${hers}`);
  await visit.assertHeading("What was decided for you");
  await visit.assertSays("Not without my piano", once(visit, "Ada Okonkwo"), "Court of Protection");
  await visit.shoot("letter-decision");
  const letter = new URL(visit.page.url()).pathname;
  await visit.follow("Easy read");
  await visit.assertSays("Picture: a heart", "Not without my piano");
  await visit.shoot("letter-decision-easy");
  await visit.go("button", "I have read this letter");
  await visit.assertSays("Read at their own sign-in, in easy read");

  // It was work until then; the finding's own letter is work still, and is given from its page.
  await visit.change(WORKERS.socialWorker);
  await visit.open(`${path}/letters`);
  await visit.assertSays(`What was decided: ${hers}`, "Read at their own sign-in");
  await visit.open("/work");
  assert.equal(await visit.page.locator(`main a[href="${letter}"]`).count(), 0, "it was read");
  await visit.open(`${path}/letters`);
  await visit.go("link", `Whether the person can make a decision: ${hers}`);
  await visit.assertSays("Not yet. It is to be given by");
  await give(visit);
});

journey("a risk is talked about, and continuing healthcare is thought of", async (visit) => {
  const name = await residentName(visit);
  const choice = once(visit, "Whether to go out alone");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await visit.open(`${path}/decisions`);
  await visit.go("link", "Talk about a risk");
  await visit.write({
    decision: choice,
    what: "She could lose her way",
    person: "I have walked there for fifty years",
    professional: "She was brought home twice",
    done: "A card with her address",
    choice: "I go on Sundays",
  });
  await visit.take({ "person-likelihood": "unlikely", "professional-harm": "serious", by: "unwise" });
  await visit.press("Keep this");
  await visit.assertErrors("Enter the day on which you talk again");
  await visit.writeDate("review-by", SOON);
  await visit.shoot("risk");
  await visit.go("button", "Keep this");
  await visit.assertSays("The talk is on record", "I go on Sundays", "Their own choice");
  await visit.follow(`Talk about it again: ${choice}`);
  await visit.assertSays("Last time");
  await visit.open(`${path}/decisions`);
  await visit.follow(`The copy: ${choice}`);
  await visit.assertSays("I have walked there for fifty years", "She was brought home twice");
  await visit.shoot("letter-risk");

  await visit.open(`${path}/decisions`);
  await visit.go("link", "NHS continuing healthcare");
  await visit.press("No checklist is done, for this reason");
  await visit.assertErrors("Say why no checklist is done: the reason is kept, and the person is told it");
  await visit.write({ reason: "She is well again, and manages by herself" });
  await visit.writeDate("again-by", SOON);
  await visit.shoot("chc");
  await visit.go("button", "No checklist is done, for this reason");
  await visit.assertSays("It is on record", "No checklist was done");
  await visit.follow("The letter on continuing healthcare");
  await visit.assertSays("She is well again", "You can ask for a checklist at any time");
  await visit.shoot("letter-chc");
});

/** The domains of the national checklist, and what is marked here. */
const MARKS = {
  breathing: "A",
  nutrition: "B",
  continence: "B",
  skin: "C",
  mobility: "B",
  communication: "C",
  psychological: "B",
  cognition: "A",
  behaviour: "C",
  drugs: "B",
  consciousness: "C",
};

journey("a checklist is prompted, filled in, recorded, and its letter is given", async (visit) => {
  await visit.signIn(WORKERS.nurse);
  const { path } = await somebody(visit, "Said yes");
  // Both runs have one store: each is prompted by an answer of its own.
  await visit.open(`${path}/form/assessment/physical-health`);
  await visit.take(
    visit.scripts ? { "q-nursing-needs": "yes" } : { "q-changed": "markedly-worse" },
  );
  await visit.go("button", "Save");
  await visit.open(`${path}/assessment`);
  await visit.assertSays("Think of NHS continuing healthcare");
  await visit.go("link", "Think of NHS continuing healthcare: do a checklist, or say why not");
  await visit.go("link", "Do a checklist, or say why none is done");
  await visit.shoot("chc-prompted");
  await visit.go("button", "Begin a checklist");
  await visit.go("button", "Begin");
  const form = new URL(visit.page.url()).pathname;
  await visit.part("The person’s part");
  await visit.take({ "q-occasion": "may-need", "q-consent": "given", "q-involved": "yes" });
  await visit.go("button", "Save");
  await visit.part("The domains");
  for (const [domain, mark] of Object.entries(MARKS)) await visit.take({ [`q-${domain}`]: mark });
  await visit.shoot("chc-domains");
  await visit.go("button", "Save");
  await visit.open(form);
  await visit.go("link", "See what the marks say, and record it");
  await visit.assertSays("Reached: a full assessment follows", "What happens next");
  await visit.shoot("chc-marks");
  await visit.go("button", "Record this");
  await visit.assertSays("It is on record", "The checklist’s threshold: Reached");
  await visit.go("link", "The letter on continuing healthcare");
  await visit.assertHeading("Could the NHS pay for your care?");
  await visit.assertSays("you should have a full assessment", "Not yet. It is to be given by");
  await visit.shoot("letter-chc-reached");
  await visit.print("letter-chc-reached");
  await give(visit);
  await visit.open(`${path}/assessment`);
  await visit.assertSaysNot("Think of NHS continuing healthcare");
});
