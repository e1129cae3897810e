"""Opens pages in a real browser, wide and narrow: `pages.py CHROMIUM PAGE…`. Prints one JSON object per page and width."""

import json
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# What a reader would see go wrong: a page that is wider than the window, a label that lies beside its drawing.
LOOK = """() => {
  const outside = [];
  for (const svg of document.querySelectorAll("svg")) {
    const frame = svg.getBoundingClientRect();
    for (const one of svg.querySelectorAll("text, rect, line, polyline")) {
      const box = one.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        outside.push(one.tagName + " " + one.textContent);
    }
  }
  return {
    width: document.documentElement.scrollWidth,
    outside,
    charts: document.querySelectorAll("svg").length,
    named: document.querySelectorAll("svg[role=img] > title").length,
    headings: [...document.querySelectorAll("h1, h2")].map(one => one.textContent),
    tiles: [...document.querySelectorAll(".tile")].map(one => one.innerText),
    passed: [...document.querySelectorAll("li.passed")].map(one => one.innerText),
    rows: document.querySelectorAll("tbody tr").length,
    words: document.body.innerText,
  };
}"""

chromium, *pages = sys.argv[1:]
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
    for page in pages:
        for width in (1200, 390):
            tab = browser.new_page(viewport={"width": width, "height": 900})
            said, asked = [], []
            tab.on("console", lambda message: said.append(message.text))
            tab.on("pageerror", lambda error: said.append(str(error)))
            tab.on("request", lambda request: asked.append(request.url))
            tab.goto(Path(page).absolute().as_uri())
            seen = tab.evaluate(LOOK)
            print(json.dumps({"page": page, "window": width, "said": said, "requests": len(asked), **seen}))
            tab.close()
    browser.close()
