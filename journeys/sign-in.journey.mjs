// Signing in: by choosing someone in the demo, by keyboard alone, and with a wrong password.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";

journey("signing in by keyboard alone", async (visit) => {
  await visit.open("/sign-in");
  await visit.assertHeading("Sign in");
  await visit.tabTo("link", "Skip to main content");
  await visit.keys("Enter");
  await visit.tabTo("textbox", "Sign-in name");
  await visit.type("nobody");
  await visit.tabTo("textbox", "Password");
  await visit.type("not the password");
  await visit.keysLead("Enter");
  assert.match(await visit.page.title(), /^Error: Sign in/);
  await visit.assertSays("The sign-in name or the password is not right");
  const name = visit.page.getByLabel("Sign-in name", { exact: true });
  assert.equal(await name.inputValue(), "nobody", "what was typed is kept");
  await visit.shoot("sign-in-error");
  await visit.tabTo("link", "The sign-in name or the password is not right");
  await visit.keys("Enter");
  assert.ok(await name.evaluate((field) => field === document.activeElement), "led to the field");
});

journey("signing in as someone in the demo, and out again", async (visit) => {
  await visit.open("/");
  await visit.assertHeading("Sign in");
  await visit.shoot("sign-in");
  const choices = visit.page.getByRole("button", { name: /^Sign in as / });
  assert.ok((await choices.count()) > 0, "the demo offers people to be");
  await visit.press(await choices.first().innerText());
  assert.ok(["/work", "/me"].includes(new URL(visit.page.url()).pathname), "the first page");
  await visit.signOut();
  await visit.assertSays("You have signed out");
  await visit.open("/");
  await visit.assertHeading("Sign in");
});

journey("a page that is not there", async (visit) => {
  const answer = await visit.open("/no-such-page");
  assert.equal(answer.status(), 404);
  await visit.assertHeading("Page not found");
  await visit.print("not-found");
});
