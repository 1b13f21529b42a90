// Somebody outside the caseload: found by number alone, opened with a reason, looked at afterwards.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, residentName, said, somebody } from "./people.mjs";

/** Whom this run is about: once the resident who can sign in, once somebody else. */
async function whom(visit) {
  if (visit.scripts) {
    const name = await residentName(visit);
    await visit.signIn(name);
    return { name, number: await said(visit, "NHS number") };
  }
  await visit.signIn(WORKERS.socialWorker);
  const { name, path } = await somebody(visit, "Said no");
  await visit.open(path);
  return { name, number: await said(visit, "NHS number") };
}

async function search(visit, words) {
  await visit.fill({ "Name, NHS number or date of birth": words });
  await visit.press("Search");
}

journey("a hospital opens a record with a reason", async (visit) => {
  const { name, number } = await whom(visit);
  const family = name.split(" ").at(-1);

  await visit.change(WORKERS.hospital);
  await visit.follow("Search");
  for (const part of [family, family.slice(0, 4), name]) {
    await search(visit, part);
    await visit.assertSaysNot(name);
  }
  await visit.assertSays("People you do not work with are found only by their NHS number");
  await visit.shoot("search-nobody");
  await search(visit, number);
  await visit.assertSays("1 person", "you do not work with this person");
  await visit.assertSaysNot(number);
  await visit.shoot("search");

  await visit.follow(name);
  await visit.assertHeading(`Why do you need to open ${name}’s record?`);
  const path = new URL(visit.page.url()).pathname;
  await visit.fill({ "Your reason": "help" });
  await visit.press("Open the record");
  await visit.assertErrors(
    "Say why in a few words: the person can read it, and their team will ask",
  );
  const reason = once(visit, "On ward 7 since this morning; cannot say which tablets are taken.");
  await visit.fill({ "Your reason": reason });
  await visit.shoot("reason");
  await visit.press("Open the record");
  await visit.assertHeading(name);
  await visit.assertSays("you opened this record and gave a reason");

  await visit.change(WORKERS.teamLead);
  const due = `Look at why the record was opened: ${name}`;
  await visit.shoot("work-lead");
  await visit.follow(due);
  await visit.assertHeading("Was there a good reason to open this record?");
  await visit.assertSays(WORKERS.hospital, reason);
  await visit.choose("No");
  await visit.press("Save");
  await visit.assertErrors("Say what was wrong, and what you have done about it");
  await visit.choose("Yes, there was a good reason");
  await visit.shoot("review");
  await visit.press("Save");
  await visit.assertSays("What you found is on the record");
  await visit.assertSaysNot(due);
  await visit.open(path);
  await visit.follow("Who has looked at this record");
  await visit.assertSays(WORKERS.hospital, reason);

  if (visit.scripts) {
    await visit.change(name);
    await visit.follow("Who has looked at your record");
    await visit.assertSays(WORKERS.hospital, reason);
    await visit.shoot("looked-reason");
  }

  // Somebody about whom the officer's team has nothing to do.
  await visit.change(WORKERS.socialWorker);
  const other = await somebody(visit, "Said no");
  await visit.change(WORKERS.financeOfficer);
  const answer = await visit.open(other.path);
  assert.equal(answer.status(), 404);
  await visit.assertHeading("Page not found");
  await visit.assertSaysNot(other.name);
  await visit.shoot("not-found");
});
