// Who the journeys are about: people of the demo, by where they stand or by what they may do.

import assert from "node:assert/strict";

/** The workers of the demo, by what they do. */
export const WORKERS = {
  contactOfficer: "Kwame Boateng",
  financeCheck: "Farah Siddiqui",
  financeOfficer: "Samuel Turner",
  hospital: "Joanna Kowalska",
  navigator: "Thi Lan Pham",
  nurse: "Declan O’Rourke",
  socialWorker: "Amara Nwosu",
  teamLead: "Grace Adeyemi",
};

/** The name of the resident who was only invited, from the sign-in page; or of another, by what they are there. */
export async function residentName(visit, what = "Resident") {
  await visit.open("/sign-in");
  const { page } = visit;
  const role = page.getByText(what, { exact: true });
  const button = page.getByRole("listitem").filter({ has: role }).getByRole("button");
  return (await button.innerText()).replace("Sign in as ", "");
}

/** Opens somebody's record as a worker does, by searching, and gives its address. */
export async function findResident(visit, name) {
  await visit.open(`/search?q=${encodeURIComponent(name)}`);
  await visit.page.locator("main").getByRole("link", { name, exact: false }).first().click();
  return new URL(visit.page.url()).pathname;
}

/** Somebody on the page of people found who stands there (such as “Said yes”): name and address. */
export async function somebody(visit, stands) {
  await visit.open("/found");
  const line = visit.page.getByRole("row").filter({ hasText: stands }).first();
  assert.ok((await line.count()) > 0, `nobody found stands at ‘${stands}’`);
  const link = line.getByRole("link");
  return { name: await link.innerText(), path: await link.getAttribute("href") };
}

/** What a person's page says of them, such as their NHS number. */
export async function said(visit, key) {
  const row = visit.page.locator(".govuk-summary-list__row").filter({ hasText: key });
  return (await row.locator("dd").first().innerText()).trim();
}

/** Words that belong to this run alone: each journey runs twice against one store. */
export function once(visit, words) {
  return `${words} (${visit.scripts ? "with" : "without"} scripts)`;
}
