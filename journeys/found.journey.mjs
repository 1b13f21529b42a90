// From a person found to a person one works with: by keyboard alone.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, somebody } from "./people.mjs";

/** Tabs to a choice and takes it. */
async function take(visit, name) {
  const choice = await visit.tabTo("radio", name);
  await visit.keys("Space");
  assert.ok(await choice.isChecked(), `${name} is chosen`);
}

journey("a social worker invites somebody found, by keyboard alone", async (visit) => {
  await visit.open("/sign-in");
  await visit.go("button", `Sign in as ${WORKERS.socialWorker}`);
  await visit.assertHeading("My work");
  await visit.shoot("work");
  await visit.go("link", "People found");
  await visit.assertHeading("People found");
  await visit.assertSays("From the records of GP surgeries as they stood on");
  await visit.shoot("found");
  const { name } = await somebody(visit, "Not yet invited");
  const line = visit.page.getByRole("row").filter({ hasText: name });
  const heads = await visit.page.getByRole("columnheader").allInnerTexts();
  const reason = await line.locator("th, td").nth(heads.indexOf("Found because of")).innerText();
  assert.ok(reason.split(", ").length >= 3, `a plain reason: ${reason}`);

  await visit.go("link", name);
  await visit.assertHeading(name);
  await visit.shoot("person-found");
  await visit.go("link", "Why was this person found?");
  await visit.assertHeading(`Why ${name} was found`);
  await visit.assertSays(...reason.split(", "), "Code (SNOMED CT)");
  await visit.shoot("why-found");
  await visit.go("link", "Back");

  await visit.go("link", "Invite to joined-up care");
  await visit.assertSays(`Found because of: ${reason}`);
  await visit.go("button", "Record the invitation");
  await visit.assertErrors("Say how the person is invited");
  await take(visit, "By letter");
  await visit.shoot("invite");
  await visit.go("button", "Record the invitation");
  await visit.assertSays("The invitation is on the record", "Invited to joined-up care");

  await visit.go("link", "Record their answer");
  await take(visit, "Yes");
  await visit.tabTo("textbox", "In their own words");
  await visit.type("Come on a Tuesday.");
  await visit.shoot("answer");
  await visit.go("button", "Save the answer");
  await visit.assertSays("The answer is on the record", "Said yes to joined-up care");

  await visit.go("link", "Join, keep or leave the team");
  await take(visit, "Keep this record");
  await visit.shoot("team");
  await visit.go("button", "Save");
  await visit.assertSays("The team is up to date", `${WORKERS.socialWorker} now keeps this record`);

  await visit.go("link", "Write a note");
  await visit.tabTo("textbox", "Your note");
  const words = once(visit, "Came to the door herself; wants to see the garden again.");
  await visit.type(words);
  await visit.shoot("note");
  await visit.go("button", "Save the note");
  await visit.assertSays("The note is on the record", words);
  await visit.assertSays(`${WORKERS.socialWorker}, Lewisham Council`);
  await visit.shoot("person");
  if (visit.scripts) await visit.print("person");

  await visit.go("link", "My work");
  const mine = visit.page.getByRole("listitem").filter({ hasText: name });
  await visit.shoot("work-after");
  assert.match(await mine.first().innerText(), /Said yes/);
});
