// Carers: one begins her own assessment online, writes her emergency card by keyboard, and is linked with
// the person she looks after, as both agree; until one of them ends it.

import { journey } from "./browser.mjs";
import { WORKERS, once, residentName, somebody } from "./people.mjs";

const PARTS = { true: "Time for myself", false: "Getting out" };

/** The carer's own assessment, begun by herself, a part at a time. */
async function ownAssessment(visit) {
  await visit.follow("Your assessment");
  if (visit.scripts) {
    await visit.follow("Begin a form");
    await visit.choose("Carer’s assessment");
    await visit.fill({ "Why you would like it": "I look after my mother, and I am tired." });
    await visit.press("Ask");
    await visit.assertSays("It is begun");
  } else {
    await visit.page.getByRole("link", { name: "Carer’s assessment", exact: true }).first().click();
    await visit.check();
  }
  await visit.assertHeading("Your carer’s assessment");
  await visit.shoot("carer-assessment");
  await visit.part(PARTS[visit.scripts]);
  const words = once(visit, "I used to sing on Thursdays.");
  await visit.page.locator(".kith-question textarea[name^='q-']:visible").first().fill(words);
  await visit.press("Save");
  await visit.assertSays("What you wrote is on the record", words);
}

/** The emergency card, by keyboard alone. */
async function card(visit) {
  await visit.open("/me");
  await visit.follow("Caring, and who cares for you");
  await visit.assertHeading("Caring for each other");
  await visit.follow("Your emergency card as a carer");
  await visit.page.getByRole("link", { name: /^(Write it|Change it)/ }).click();
  await visit.check();
  const write = async (label, words) => {
    const field = await visit.tabTo("textbox", label);
    await visit.keys("Control+A", "Delete");
    await visit.type(words);
    return field;
  };
  await write("Whom do you look after?", "my mother");
  await write("Name", "Ife Adeyemi");
  await write("Who they are", "my sister");
  await write("Telephone", "");
  await write("What has to be done, and what must they know?", "");
  await visit.tabTo("button", "Save the card");
  await visit.keysLead("Enter");
  await visit.assertErrors(
    "Enter the telephone number of each who steps in",
    "Write what has to be done and known",
  );
  await visit.shoot("carer-card-errors");
  await write("Telephone", "020 7946 0000");
  await write("What has to be done, and what must they know?", once(visit, "Insulin at eight."));
  await write("Where is the key? (optional)", "Under the blue pot");
  await visit.shoot("carer-card-write");
  await visit.tabTo("button", "Save the card");
  await visit.keysLead("Enter");
  await visit.assertSays("The card is on the record", "Ife Adeyemi", "Under the blue pot");
  await visit.shoot("carer-card");
  await visit.print("carer-card");
}

/** What she does for her mother's plan, by keyboard. */
async function writeInPlan(visit) {
  await visit.go("link", "Write what you do for it, or how something goes");
  await visit.go("button", "Save");
  await visit.assertErrors("Choose what it is about", "Write what you do, or how it goes");
  await visit.page.getByLabel(/^Something that I do for this/).first().focus();
  await visit.keys("Space");
  const words = once(visit, "I drive her on Thursdays.");
  await visit.tabTo("textbox", "What do you do, or how does it go?");
  await visit.type(words);
  await visit.shoot("carer-plan");
  await visit.go("button", "Save");
  await visit.assertSays("Their plan", words);
}

journey("a carer begins online, writes her card, and is linked as both agree", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(name);
  await ownAssessment(visit);
  await card(visit);

  await visit.follow("Back");
  await visit.follow("Offer a link");
  await visit.press("Get a code");
  await visit.assertErrors("Say who looks after whom", "Enter their name");
  await visit.choose("I look after them", "My emergency card: also for those who work with the other person");
  await visit.fill({ "The other person’s name": "My mother" });
  await visit.shoot("carer-offer");
  await visit.press("Get a code");
  await visit.assertSays("Give My mother this code: ");
  await visit.shoot("carer-offered");
  const text = await visit.page.locator("main").innerText();
  const code = text.split("this code: ")[1].split(".")[0];

  // Her mother has no sign-in: who works with her writes down what she says.
  const worker = await visit.another();
  await worker.signIn(WORKERS.socialWorker);
  const { path } = await somebody(worker, "Contact to answer");
  await worker.open(`${path}/caring/code`);
  await worker.fill({ "The code": "ABCDE 23456" });
  await worker.press("Continue");
  await worker.assertErrors("This code does not work. Check it, or ask whoever gave it to you for a new one");
  await worker.fill({ "The code": code });
  await worker.press("Continue");
  await worker.assertSays(`${name} says that they look after`, "My emergency card");
  const plan = "My plan: they may also write what they do for it, and how it goes";
  await worker.choose("How to speak with me", plan);
  await worker.press("Agree to the link");
  await worker.assertErrors("Write what the person said: it is theirs to agree, and nobody else’s");
  await worker.fill({ "What did the person say?": "Yes, she may know that. Nothing else." });
  await worker.shoot("carer-agree");
  await worker.press("Agree to the link");
  await worker.assertSays("You are linked", `${name} looks after`);
  await worker.shoot("carer-linked");
  await worker.follow(`The emergency card of ${name}`);
  await worker.assertSays("Ife Adeyemi", "020 7946 0000");
  await worker.shoot("carer-card-team");
  await worker.open(`${path}/assessment`);
  await worker.assertSays(`${name}, carer, helps without being paid, linked`);

  await visit.open("/me");
  await visit.follow("Caring, and who cares for you");
  await visit.follow("What My mother shares with you");
  await visit.assertSays("How to speak with them", "Their plan");
  await visit.assertSaysNot("Their assessment", "NHS number");
  await visit.shoot("carer-shared");
  await visit.print("carer-shared");
  const shared = visit.page.url();
  await writeInPlan(visit);
  await visit.follow("Back");
  await visit.page.getByRole("link", { name: /^Change or end this/ }).first().click();
  await visit.check();
  await visit.shoot("carer-change");
  await visit.press("End the link now");
  await visit.assertSays("It has ended: neither sees anything of the other now");
  await visit.open(shared);
  await visit.assertHeading("Page not found");
});
