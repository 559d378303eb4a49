// Chromium with a page in it, and everything the page did that a page should not do.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const programs = [
  process.env.PARLEY_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

export const samples = process.env.PARLEY_PAGES;

export async function startBrowser() {
  const executablePath = programs.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("chromium is missing: run ./dev setup");
  // Root, as in a container, has no sandbox to use.
  return chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

// The page of a sample, from the disk.
export function openPage(browser, file, { hash = "", ...options } = {}) {
  return openAddress(browser, pathToFileURL(resolve(samples, file)).href + hash, /^(file|data|about):/, options);
}

// `trouble` of the page collects errors, warnings and every request for something else than `own`.
export async function openAddress(browser, address, own, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  page.trouble = [];
  page.on("console", (said) => ["error", "warning"].includes(said.type()) && page.trouble.push(said.text()));
  page.on("pageerror", (error) => page.trouble.push(error.message));
  page.on("request", (request) => own.test(request.url()) || page.trouble.push("asked for " + request.url()));
  await context.addInitScript(() => {
    window.copied = [];
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text) => void window.copied.push(text) },
    });
  });
  await page.goto(address);
  return page;
}

export const shownRows = (page) => page.locator("#cells tbody tr:not([hidden])");

// What axe-core finds that is serious or critical, as lines.
export function seriousFindings(page, axeSource) {
  return findings(page, axeSource, ["serious", "critical"]);
}

export async function findings(page, axeSource, impacts = ["minor", "moderate", "serious", "critical"]) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter((one) => impacts.includes(one.impact))
    .map(
      (one) =>
        one.id +
        ": " +
        one.nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? ""))
          .join(" | "),
    );
}
