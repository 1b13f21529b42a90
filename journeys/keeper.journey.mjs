// Whoever keeps a plan leaves it: only once somebody else has taken it over, who then has what is due. By
// keyboard.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS } from "./people.mjs";

/** Takes a choice on the page of one's place in the team, and saves it. */
async function place(visit, path, choice) {
  await visit.open(path);
  await visit.go("link", "Join, keep or leave the team");
  // Tab leads into the group; the arrows lead through it.
  const labels = await visit.page.locator(".govuk-radios__label").allInnerTexts();
  await visit.tabTo("radio", labels[0]);
  const steps = labels.indexOf(choice);
  await visit.keys(...(steps > 0 ? Array(steps).fill("ArrowDown") : ["Space"]));
  assert.ok(await visit.page.getByLabel(choice, { exact: true }).isChecked(), `${choice} is chosen`);
  await visit.go("button", "Save");
  await visit.assertSays("The team is up to date");
}

/** The reviews on one's own list of work. */
async function reviews(visit, name) {
  await visit.open("/work");
  const list = visit.page.locator("h2:has-text('For you') + ol");
  return list.getByRole("link", { name: `Review the plan: ${name}` }).count();
}

journey("the keeper of a plan leaves it to somebody who then has its review", async (visit) => {
  await visit.signIn(WORKERS.socialWorker);
  const due = visit.page.getByRole("link", { name: /^Review the plan: / }).first();
  const name = (await due.innerText()).replace("Review the plan: ", "");
  await visit.go("link", await due.innerText());
  const path = new URL(visit.page.url()).pathname.replace(/\/review$/, "");
  await visit.open(path);
  await visit.go("link", "Join, keep or leave the team");
  await visit.assertSays("You keep this record.", "somebody else has to take the record over first");
  // Who could take it over, and how they are asked.
  await visit.assertSays(`${WORKERS.nurse}, Community nurse`, "How it is taken over");
  await visit.shoot("keeper-stays");
  assert.equal(await visit.page.getByRole("button", { name: "Save" }).count(), 0);
  await visit.go("link", "Write a message, to ask them");
  await visit.assertHeading(`Write a message about ${name.split(" ")[0]}`);

  await visit.change(WORKERS.nurse);
  await visit.open(`${path}/team`);
  await visit.assertSays(`You take it over from ${WORKERS.socialWorker}`);
  await visit.shoot("keeper-takes-over");
  await place(visit, path, "Keep this record");
  assert.equal(await reviews(visit, name), 1, "what is due came with it");
  await visit.change(WORKERS.socialWorker);
  assert.equal(await reviews(visit, name), 0, "and is nobody else’s");
  await place(visit, path, "Leave the team");
  await visit.assertSays("Left the team");
  await visit.open(`${path}/plan`);
  await visit.assertSays("Who keeps this plan", WORKERS.nurse);
  await visit.shoot("keeper-left");

  // The next run finds it as this one did.
  await place(visit, path, "Keep this record");
});
