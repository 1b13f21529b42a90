// Two people write the same thing at once: the second sees both, and nothing is lost.

import assert from "node:assert/strict";

import { journey } from "./browser.mjs";
import { WORKERS, once, somebody } from "./people.mjs";

journey("two people change how to speak with somebody", async (nurse) => {
  const socialWorker = await nurse.another();
  await nurse.signIn(WORKERS.nurse);
  await socialWorker.signIn(WORKERS.socialWorker);
  const { name, path } = await somebody(nurse, "Said yes");
  for (const writer of [nurse, socialWorker]) {
    await writer.open(path);
    await writer.follow("Say how to speak with them");
    await writer.assertHeading(`How to speak with ${name}`);
  }
  const helps = once(nurse, "A call before a letter.");
  const adjusts = once(nurse, "Visits of an hour, not half.");
  await nurse.fill({ "What helps": helps });
  await nurse.press("Save");
  await nurse.assertSays("What helps when speaking is on the record", helps);

  await socialWorker.fill({ "Reasonable adjustments": adjusts });
  await socialWorker.press("Save");
  await socialWorker.assertSays(
    "Somebody else changed this while you were writing. Nothing is lost",
    helps,
    WORKERS.nurse,
  );
  await socialWorker.shoot("conflict");
  const mine = socialWorker.page.getByLabel("Reasonable adjustments", { exact: true });
  assert.equal(await mine.inputValue(), adjusts, "what was typed is kept");
  await socialWorker.fill({ "What helps": helps });
  await socialWorker.press("Save");
  await socialWorker.assertSays("What helps when speaking is on the record", helps, adjusts);
  await nurse.open(path);
  await nurse.assertSays(helps, adjusts);
  await nurse.shoot("person-works-well");
});
