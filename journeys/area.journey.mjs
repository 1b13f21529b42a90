// A lead sees what is due and late in the area, whoever has it, and who of those found has a plan; a
// colleague is told what is new. By keyboard.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once } from "./people.mjs";

journey("a lead looks at what is late in the area, and at who has a plan", async (visit) => {
  await visit.open("/sign-in");
  await visit.go("button", `Sign in as ${WORKERS.teamLead}`);
  await visit.go("link", "What is due in your area, whoever has it");
  await visit.assertHeading("What is due in your area");
  await visit.assertSays("Lewisham Council", "Late: by who has it", "High risk");
  await visit.shoot("area");
  await visit.pick("What", "What is late");
  await visit.go("button", "Show");
  const lines = await visit.page.locator(".kith-work__line").allInnerTexts();
  assert.ok(lines.length > 0 && lines.every((line) => line.includes("Late")), "only what is late");
  const first = visit.page.locator(".kith-work__line").getByRole("link").first();
  await visit.go("link", await first.innerText());
  await visit.go("link", "People found");
  await visit.go("link", "Who of them has a plan");
  await visit.assertHeading("Who has a plan");
  await visit.assertSays("Of every hundred found, how many have an agreed plan", "Said no");
  await visit.shoot("who-has-a-plan");
});

journey("who works with somebody is told what others wrote", async (visit) => {
  await visit.signIn(WORKERS.socialWorker);
  const line = visit.page.getByRole("listitem").filter({ hasText: "Has a plan" }).first();
  const name = await line.getByRole("link").innerText();
  await line.getByRole("link").click();
  const path = new URL(visit.page.url()).pathname;
  await visit.change(WORKERS.nurse);
  await visit.open(`${path}/note`);
  await visit.fill({ "Your note": once(visit, "Went up the stairs with one stop.") });
  await visit.press("Save the note");
  await visit.change(WORKERS.socialWorker);
  const news = visit.page.getByRole("listitem").filter({ hasText: `(${WORKERS.nurse},` });
  await visit.shoot("news");
  assert.match(await news.first().innerText(), /Note/);
  await visit.go("link", name);
});
