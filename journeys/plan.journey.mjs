// The one plan: made with the person by people of three organisations in one sitting; the person says
// what they think of it by signing in themselves; on paper, and in an emergency.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, findResident, once, residentName } from "./people.mjs";

const SOON = ["1", "2", "2027"];

/** Whoever is signed in keeps the record, and the navigator of the voluntary group is in the team. */
async function gather(visit, path) {
  await visit.open(`${path}/team`);
  if ((await visit.page.locator('[name="what"][value="keep"]').count()) > 0) {
    await visit.take({ what: "keep" });
    await visit.press("Save");
  }
  await visit.open(path);
  const team = await visit.page.locator("main").innerText();
  if (team.includes(WORKERS.navigator)) return;
  await visit.go("link", "Bring somebody else into the team");
  await visit.press("Bring them in");
  await visit.assertErrors(
    "Enter their sign-in name",
    "Ask the person first, and tick this if they agree",
  );
  await visit.write({ login: "nobody-of-this-name" });
  await visit.take({ agrees: "yes" });
  await visit.press("Bring them in");
  await visit.assertErrors("Nobody who works here has this sign-in name: look at it again");
  await visit.write({ login: "navigator" });
  await visit.shoot("team-add");
  await visit.go("button", "Bring them in");
  await visit.assertSays("The team is up to date", WORKERS.navigator);
}

/** Writes what is done for what the person wants. */
async function step(visit, path, wish, { what, known, source, who }) {
  await visit.open(`${path}/plan`);
  await visit.follow(`Write what is done for this ‘${wish}’`);
  await visit.write({ what, "known-by": known });
  await visit.take({ source, who });
  await visit.writeDate("due", SOON);
}

journey("a plan is made by three organisations with the person, who agrees with part of it", async (visit) => {
  const name = await residentName(visit);
  const given = name.split(" ")[0];
  const wish = once(visit, "I want to go to the market on Saturdays again");
  const shoes = once(visit, "Put my shoes by the door on Friday night");
  const balance = once(visit, "Balance class at the surgery");
  const walk = once(visit, "Somebody walks there with her");
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await gather(visit, path);

  await visit.open(path);
  await visit.go("link", "The plan");
  await visit.go("link", `Write what ${given} wants`);
  await visit.go("button", "Save");
  await visit.assertErrors(
    "Write what the person wants, in their words",
    "Choose what it is about",
    "Write how things are now",
    "Write how things would be if it goes well",
  );
  await visit.page.locator('[name="area"]').selectOption("community");
  await visit.write({ words: wish, now: "I stay in. I am afraid to fall", hoped: "I go twice a month" });
  await visit.shoot("plan-outcome");
  await visit.go("button", "Save");
  await visit.assertSays("It is in the plan", wish, "Nothing is done for this yet");

  await visit.go("link", `Write what is done for this ‘${wish}’`);
  await visit.press("Save");
  await visit.assertErrors(
    "Write what is to be done",
    "Choose where it comes from",
    "Choose who does it",
    "Enter the day by which it is done",
    "Write how you will know that it is done",
  );
  await step(visit, path, wish, {
    what: shoes,
    known: "I was at the market",
    source: "myself",
    who: "person",
  });
  await visit.shoot("plan-action");
  await visit.go("button", "Save");
  await visit.assertSays(shoes, "What I do myself");

  // In the same sitting the nurse and the navigator write theirs.
  const nurse = await visit.another();
  await nurse.signIn(WORKERS.nurse);
  await step(nurse, path, wish, { what: balance, known: "Six times there", source: "health", who: "me" });
  await nurse.take({ draft: "yes" });
  await nurse.press("Save");
  await nurse.assertSays("Your draft is kept", "Draft");
  const navigator = await visit.another();
  await navigator.signIn(WORKERS.navigator);
  await step(navigator, path, wish, { what: walk, known: "They went", source: "community", who: "named" });
  await navigator.write({ named: "Good Neighbours, the Saturday walkers" });
  await navigator.press("Save");
  await navigator.assertSays(walk, "Good Neighbours, the Saturday walkers");
  await nurse.open(`${path}/plan`);
  await nurse.follow(`Finish this draft ‘${balance}’`);
  await nurse.page.locator('[name="draft"]').uncheck();
  await nurse.press("Save");
  await nurse.assertSays("It is in the plan");

  // Two write the same at once: nothing is lost, and each sees the other's.
  await nurse.follow(`Change this ‘${wish}’`);
  await visit.open(`${path}/plan`);
  await visit.follow(`Change this ‘${wish}’`);
  await visit.write({ hoped: "I go every Saturday" });
  await visit.press("Save");
  await nurse.write({ hoped: "She goes when it is dry" });
  await nurse.press("Save");
  await nurse.assertSays("while you were writing", "I go every Saturday");
  assert.equal(await nurse.page.locator('[name="hoped"]').inputValue(), "She goes when it is dry");
  await nurse.shoot("plan-conflict");
  await nurse.write({ hoped: "I go every Saturday that is dry" });
  await nurse.go("button", "Save");
  await nurse.assertSays("I go every Saturday that is dry");
  await visit.open(`${path}/plan`);
  await visit.shoot("plan");
  await visit.go("link", "The plan on paper");
  await visit.assertSays(wish, shoes, balance, walk);
  await visit.print("plan");
  await visit.open(`${path}/plan/print?print=large`);
  await visit.print("plan-large");
  await visit.open(`${path}/plan/emergency`);
  await visit.assertSays("Who to ring", "When things get worse", wish);
  await visit.shoot("plan-emergency");
  await visit.print("plan-emergency");

  // The person says what they think of it.
  const own = await visit.another();
  await own.signIn(name);
  await own.go("link", "Your plan");
  await own.assertSays(wish, walk);
  await own.shoot("plan-own");
  await own.go("link", "Say whether you agree");
  await own.choose("I agree with part of it");
  await own.press("Keep this answer");
  await own.assertErrors("Write which part, and why");
  await own.write({ words: once(own, "Not the class: it is too early in the day") });
  await own.shoot("plan-answer");
  await own.go("button", "Keep this answer");
  await own.assertSays("What was said to the plan is on the record", "You agreed with part of the plan");
  // How things stand at the start is said by each, once it is agreed.
  await own.open(`${path}/plan`);
  await own.go("link", "How things stand now");
  await own.page.locator('select[name$="-person"]').first().selectOption("-2");
  await own.page.locator('[name="wellbeing"]').selectOption("4");
  await own.shoot("plan-scores");
  await own.go("button", "Save");
  await own.assertSays("How things stand now is on the record");
  await visit.open(`${path}/plan`);
  await visit.assertSays("agreed with part of the plan", "Not the class: it is too early in the day");
  await visit.open("/work");
  await visit.assertSays("Talk about");

  // How far it has come.
  await visit.open(`${path}/plan`);
  await visit.follow(`Say how far it has come ‘${shoes}’`);
  await visit.take({ progress: "goes-on" });
  await visit.press("Save");
  await visit.assertErrors("Enter the day on which it is looked at next");
  await visit.writeDate("next", SOON);
  await visit.write({ words: "She went once" });
  await visit.shoot("plan-moved");
  await visit.go("button", "Save");
  await visit.assertSays("It goes on; next look 1 February 2027", "She went once");

  // It ends as reached, so that what is asked for it stops.
  await visit.follow(`End this ‘${wish}’`);
  await visit.take({ end: "reached" });
  await visit.go("button", "End it");
  await visit.assertSays("What has ended", wish);
});

journey("what to do when things get worse stands in the plan, and goes on one side of paper", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await gather(visit, path);
  await visit.open(`${path}/plan`);
  const write = visit.page.getByRole("link", { name: /: When things get worse$/ });
  await visit.go("link", await write.innerText());
  await visit.assertHeading("When things get worse");
  const signs = once(visit, "She stops eating, and does not get dressed");
  await visit.unfold();
  await visit.write({ "q-signs": signs, "q-response": "Ring the night nurse. 999 if she cannot breathe" });
  await visit.write({ "rests-on": "A visit" });
  await visit.shoot("plan-worse");
  await visit.go("button", "Save");
  await visit.assertSays("What you wrote is in the plan", signs);

  // What the person wishes for the end of their life is theirs to say or not.
  const own = await visit.another();
  await own.signIn(name);
  await own.open(`${path}/form/end-of-life/wishes`);
  const music = once(visit, "Music in the room");
  await own.unfold();
  await own.take({ "q-say": "yes" });
  await own.write({ "q-matters": music });
  await own.shoot("plan-wishes");
  await own.go("button", "Save");
  await own.assertSays(music);
  const navigator = await visit.another();
  await navigator.signIn(WORKERS.navigator);
  await navigator.open(`${path}/plan`);
  await navigator.assertSays(signs);
  await visit.open(`${path}/plan`);
  await visit.shoot("plan-sections");
  await visit.open(`${path}/plan/print`);
  await visit.assertSays(signs, music);
  await visit.print("plan-sections");

  // However much there is on the record, the emergency summary is one side.
  await visit.open(`${path}/plan/emergency`);
  await visit.assertSays(signs, music);
  assert.equal(await visit.print("plan-emergency-some"), 1);
  const much = `${"Anne walks by the river every morning with the dog. ".repeat(60)}\n\n${"W".repeat(900)}`;
  for (const part of ["plan/getting-worse", "plan/carers", "end-of-life/wishes"]) {
    await visit.open(`${path}/form/${part}`);
    await visit.unfold();
    for (const area of await visit.page.locator('textarea[name^="q-"]').all()) await area.fill(much);
    for (const who of await visit.page.locator('input[name^="q-"][name$="-name"]').all()) {
      await who.fill(`Maria ${"Wolfeschlegelsteinhausen".repeat(8)}`);
    }
    for (const reach of await visit.page.locator('input[name^="q-"][name$="-reach"]').all()) {
      await reach.fill("07700 900123 by day, ".repeat(30));
    }
    await visit.write({ "rests-on": "A visit" });
    await visit.press("Save");
  }
  await visit.open(`${path}/plan/emergency`);
  await visit.assertSays("more in the full plan");
  assert.equal(await visit.print("plan-emergency-much"), 1);
  await visit.shoot("plan-emergency-much");
});

journey("what was learned is shared without the person, found by others and withdrawn", async (visit) => {
  const name = await residentName(visit);
  const given = name.split(" ")[0];
  await visit.signIn(WORKERS.socialWorker);
  const path = await findResident(visit, name);
  await gather(visit, path);
  await visit.open(`${path}/plan`);
  await visit.go("link", "Write up practice worth sharing");
  const title = once(visit, "A lunch club instead of a second visit");
  const learned = "Go along the first time";
  await visit.write({ title, situation: "Somebody alone after a fall", learned });
  await visit.page.locator('[name="theme"]').selectOption("community");
  await visit.write({ "what-done": `We went to the lunch club with ${given.toUpperCase()}` });
  await visit.take({ affirm: "yes" });
  await visit.press("Share it");
  await visit.assertSays("is a name from their record: take it out");
  assert.equal(await visit.page.locator('[name="learned"]').inputValue(), learned);
  await visit.shoot("practice-refused");
  await visit.write({ "what-done": "The navigator went along to the lunch club" });
  await visit.go("button", "Share it");
  await visit.assertSays("It is shared", learned);
  await visit.shoot("practice-note");

  const nurse = await visit.another();
  await nurse.signIn(WORKERS.nurse);
  await nurse.open("/practice");
  await nurse.write({ q: "lunch" });
  await nurse.page.locator('[name="theme"]').selectOption("community");
  await nurse.go("button", "Search");
  await nurse.assertSays(title);
  await nurse.shoot("practice");
  await nurse.go("link", title);
  await nurse.assertSays("The navigator went along to the lunch club");
  await nurse.assertSaysNot(given, "Withdraw it");

  await visit.go("button", "Withdraw it");
  await visit.assertSaysNot(title);
});
