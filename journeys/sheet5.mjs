import { chromium } from "playwright-core";
import { readdirSync, writeFileSync } from "node:fs";
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"] });
for (const [w, per, h] of [[400, 6, 1700], [640, 4, 1300]]) {
  const all = readdirSync("/tmp/a5/shots").filter((f) => f.endsWith(`-${w}.png`)).sort();
  for (let i = 0; i < all.length; i += per) {
    const some = all.slice(i, i + per);
    const html = some.map((f) => `<div style="width:${w}px;height:${h}px;overflow:hidden;border:2px solid red;float:left"><b>${f}</b><br><img src="file:///tmp/a5/shots/${f}"></div>`).join("");
    writeFileSync("/tmp/a5/s.html", `<body style="margin:0;width:${(w + 4) * per}px">${html}`);
    const p = await b.newPage({ viewport: { width: (w + 4) * per, height: h + 8 } });
    await p.goto("file:///tmp/a5/s.html");
    await p.screenshot({ path: `/tmp/a5/sheet-${w}-${String(i / per).padStart(2, "0")}.png` });
    await p.close();
  }
}
await b.close();
