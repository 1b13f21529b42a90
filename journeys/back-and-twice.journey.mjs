// What people do to forms: send them twice, go back, open two windows, sign out in between.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, somebody } from "./people.mjs";

const NOTE = { button: "Save the note", field: "Your note", link: "Write a note" };

journey("a note sent twice, and the way back", async (visit) => {
  await visit.signIn(WORKERS.socialWorker);
  const { name, path } = await somebody(visit, "Asked for time");
  await visit.open(path);
  await visit.follow(NOTE.link);
  const words = once(visit, "Telephoned; no answer.");
  await visit.fill({ [NOTE.field]: words });
  // Without scripts nothing holds the second click back in the browser.
  const arrives = () => visit.page.waitForURL(/done=note/);
  // What the first click asked for may be broken off by the second, whose answer then arrives.
  const arrived = arrives().catch(arrives);
  await visit.page.getByRole("button", { name: NOTE.button }).dblclick();
  await arrived;
  await visit.open(path);
  assert.equal(await visit.count(words), 1, "sent twice, kept once");

  // Back to the form after it was saved, and on again: nothing is sent, nothing breaks.
  await visit.follow(NOTE.link);
  await visit.fill({ [NOTE.field]: once(visit, "Rang back.") });
  await visit.press(NOTE.button);
  await visit.page.goBack();
  await visit.check();
  await visit.assertHeading(`Write a note about ${name}`);
  await visit.page.goForward();
  await visit.check();
  await visit.page.reload();
  await visit.check();
  assert.equal(await visit.count(once(visit, "Rang back.")), 1);
});

journey("the same contact answered in two windows", async (visit) => {
  const words = once(visit, "Is there a lunch club near the library?");
  await visit.signIn(WORKERS.socialWorker);
  const { name, path } = await somebody(visit, "Asked for time");
  await visit.open(path);
  await visit.follow("Record a contact");
  await visit.choose("A question", "The person themselves");
  await visit.fill({ "What do they say or ask?": words });
  await visit.press("Send");
  await visit.assertHeading("Contacts you have recorded");
  const mine = visit.page.getByRole("row").nth(1).getByRole("link");
  const contact = await mine.getAttribute("href");
  const second = await visit.window();
  for (const window of [visit, second]) {
    await window.open(contact);
    await window.assertSays(words);
    await window.choose("Answered with information or advice");
  }
  await visit.fill({ "In words": "Yes: Thursdays at noon." });
  await visit.press("Save");
  await visit.assertSays("The contact is up to date");
  await second.fill({ "In words": "Yes: on Thursdays." });
  await second.press("Save");
  await second.assertErrors(`${WORKERS.socialWorker} has already answered this contact`);
  await second.assertHeading(`A contact about ${name}`);
  await second.assertSays("Yes: Thursdays at noon.", `by ${WORKERS.socialWorker}`);
  const typed = second.page.getByLabel("What you wrote", { exact: true });
  assert.equal(await typed.inputValue(), "Yes: on Thursdays.", "what was typed can be copied");
  const save = second.page.getByRole("button", { name: "Save" });
  assert.equal(await save.count(), 0, "nothing is offered that cannot be done");
  await second.shoot("contact-answered-twice");
});

journey("taking a record over in two windows", async (visit) => {
  // Both runs have one store: each takes the record over from somebody else.
  const worker = visit.scripts ? WORKERS.nurse : WORKERS.teamLead;
  await visit.signIn(worker);
  const { path } = await somebody(visit, "Asked for time");
  const second = await visit.window();
  for (const window of [visit, second]) {
    await window.open(`${path}/team`);
    await window.choose("Keep this record");
  }
  await visit.press("Save");
  await visit.assertSays("The team is up to date");
  await second.press("Save");
  await second.assertSays("The team is up to date");
});

journey("signed out in another window", async (visit) => {
  await visit.signIn(WORKERS.socialWorker);
  const { path } = await somebody(visit, "Asked for time");
  const words = once(visit, "This was never saved.");
  await visit.open(`${path}/note`);
  await visit.fill({ [NOTE.field]: words });
  const second = await visit.window();
  await second.open(path);
  await second.signOut();
  await visit.press(NOTE.button);
  await visit.shoot("signed-out");
  await visit.assertHeading("We could not accept this form");
  await visit.assertSays("Nothing was saved", "Copy it before you leave this page");
  const typed = visit.page.getByLabel("What you wrote", { exact: true });
  assert.equal(await typed.inputValue(), words, "what was typed can be copied");
  // Who may not read it any more does not, by going back either.
  await visit.page.goBack();
  await visit.check();
  await visit.assertHeading("Sign in");
  await visit.press(`Sign in as ${WORKERS.socialWorker}`);
  await visit.open(path);
  await visit.assertSaysNot(words);
});
