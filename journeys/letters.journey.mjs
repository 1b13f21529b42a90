// Letters: a decision is told in the form that the person needs, and that it was given is on record; what
// a team has still to give is printed and marked together.

import { journey } from "./browser.mjs";
import { WORKERS, residentName, somebody } from "./people.mjs";

/** Decides on eligibility, as soon as one answer of the law decides it alone. */
async function decide(visit, path) {
  await visit.open(`${path}/eligibility`);
  await visit.page.locator("input[name=cause][value=no]").check();
  await visit.fill({
    "Which, and how do you know?": "You have just moved house. It takes time to settle.",
    "What the person is told besides": "The lunch club is on Mondays. The library is open every day.",
  });
  await visit.go("button", "Decide");
  await visit.assertSays("It is decided. This is the letter: give it to the person");
}

journey("a decision is a letter in large print, and it is on record when it was given", async (visit) => {
  await visit.signIn(WORKERS.socialWorker);
  const { path } = await somebody(visit, "Said yes");
  await visit.open(`${path}/communication`);
  await visit.take({ letters: "large" });
  await visit.press("Save");
  await decide(visit, path);
  await visit.assertSays("This is the form that the record asks for", "Not yet. It is to be given by");
  await visit.shoot("letter-large");
  await visit.print("letter-large");
  await visit.follow("Easy read");
  await visit.assertSays("Picture: a person thinking", "The lunch club is on Mondays.");
  await visit.shoot("letter-easy");
  await visit.print("letter-easy");
  await visit.follow("Ordinary print");
  await visit.shoot("letter-ordinary");
  await visit.print("letter-ordinary");
  const letter = new URL(visit.page.url()).pathname;
  await visit.open("/work");
  await visit.page.locator(`main a[href="${letter}"]`).first().click();
  await visit.check();

  await visit.tabTo("button", "Put it on record as given");
  await visit.keysLead("Enter");
  await visit.assertErrors("Choose how the person was given it");
  await visit.tabTo("radio", "Sent by post");
  await visit.keys("ArrowDown", "ArrowDown");
  await visit.tabTo("button", "Put it on record as given");
  await visit.keysLead("Enter");
  await visit.assertSays("It is on record that the letter was given", "Read aloud to them, in large print");
  await visit.open(`${path}/letters`);
  await visit.assertSays("What was decided on eligibility", "Read aloud to them, in large print");
  await visit.shoot("letters-of-a-person");
  await visit.open(path);
  await visit.assertSays("Letter given: What was decided on eligibility (large print, read aloud to them)");
});

journey("a team prints all the letters it has to give, and marks them together", async (visit) => {
  const name = await residentName(visit);
  await visit.signIn(WORKERS.socialWorker);
  const { path } = await somebody(visit, name);
  await decide(visit, path);
  await visit.open("/work");
  await visit.page.getByRole("link", { name: /^Letters to give: / }).click();
  await visit.check();
  await visit.assertHeading("Letters to give");
  await visit.assertSays(name, "to be given by");
  await visit.shoot("letters-to-give");
  await visit.page.getByRole("button", { name: /^Print th/ }).click();
  await visit.check();
  await visit.assertSays("each on its own sheet", `Dear ${name},`);
  await visit.shoot("letters-to-print");
  await visit.print("letters-to-print");
  await visit.page.getByRole("button", { name: /^Mark th/ }).click();
  await visit.check();
  await visit.assertErrors("Choose how they were given");
  await visit.choose("Sent by post");
  await visit.page.getByRole("button", { name: /^Mark th/ }).click();
  await visit.check();
  await visit.assertSays("The letters are on record as given", "No letters wait to be given.");

  // The person has it where they sign in, and says so.
  await visit.change(name);
  await visit.follow("Letters to you");
  await visit.assertSays("Sent by post, in ordinary print");
  await visit.page.locator(".govuk-summary-list a").first().click();
  await visit.check();
  await visit.press("I have read this letter");
  await visit.assertSays("Read at their own sign-in");
  await visit.shoot("letter-own");
});
