import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, it } from "vitest";
import { browserAbsence, TrustingBrowser } from "./fixtures/browser.ts";
import { Checkout, engineVariables, freePort } from "./fixtures/checkout.ts";
import { dockerAbsence, missingPrograms, reasonText } from "./fixtures/machine.ts";
import { orderAndEdit } from "./fixtures/order-in-browser.ts";

const noBrowser = await browserAbsence();
const places = [
  { place: "embedded", absence: noBrowser ?? missingPrograms("npm") },
  { place: "programs", absence: noBrowser ?? missingPrograms("npm", "redis-server", "nginx") },
  { place: "docker", absence: noBrowser ?? dockerAbsence() },
] as const;

for (const { place, absence } of places) {
  describe.skipIf(absence !== undefined)(`a browser before the starter, on ${place}${reasonText(absence)}`, () => {
    let checkout: Checkout | undefined;
    afterEach(() => checkout?.remove());

    it("trusts it, sees an order done, and shows what is saved by itself", async () => {
      checkout = await Checkout.ofStarter("browser", place);
      await checkout.devOk("up", "--detach");
      const { url = "" } = await checkout.status();
      await orderAndEdit(checkout, url, authorityOf(checkout));
    });
  });
}

const vite = fileURLToPath(new URL("../../../node_modules/vite/bin/vite.js", import.meta.url));
const shown = (text: string) => `document.querySelector("h1").textContent = "${text}"; import.meta.hot?.accept();\n`;

describe.skipIf(noBrowser !== undefined)(`a browser before a dev server of its own${reasonText(noBrowser)}`, () => {
  let checkout: Checkout | undefined;
  let browser: TrustingBrowser | undefined;
  afterEach(async () => {
    await browser?.close();
    await checkout?.remove();
  });

  it("shows what Vite sends over its WebSocket through TLS, and keeps the page", async () => {
    const compose = `name: vite-${await freePort()}
services:
  ui:
    image: node:24-slim
    expose: ["5173"]
    environment: { PORT: "5173" }
    x-dev: { run: 'node ${vite} --host 127.0.0.1 --strictPort --port $$PORT' }
`;
    checkout = await Checkout.of(
      {
        "compose.yaml": compose,
        "index.html": '<!doctype html><h1></h1><script type="module" src="/main.js"></script>\n',
        "main.js": shown("one"),
      },
      engineVariables("embedded"),
    );
    await checkout.devOk("up", "--detach");
    const { url = "" } = await checkout.status();
    browser = await TrustingBrowser.open(url, authorityOf(checkout));
    const page = await browser.newPage();
    const connected = page.waitForEvent("console", (message) => message.text().includes("[vite] connected."));
    await page.goto(url);
    await connected;
    await page.getByRole("heading", { name: "one" }).waitFor();
    await page.evaluate("document.body.className = 'of-before'");
    await writeFile(join(checkout.directory, "main.js"), shown("two"));
    await page.locator("body.of-before").getByRole("heading", { name: "two" }).waitFor();
  });
});

const authorityOf = (checkout: Checkout): string =>
  join(checkout.variables.XDG_DATA_HOME ?? "", "drydock/authority/authority.pem");
