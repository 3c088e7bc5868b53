"""No text of one language of the report in a page of another."""

import json
import re

# What readers of every language write in Latin letters: units, formulas, keys, commands, standards, authors, titles.
COMMON = {"km", "min", "max", "Home", "NEASPEC", "CRS", "DIR", "SHA", "habitat", "manifest", "json", "ODMAP", "USFWS",
          "Zurell", "et", "al", "Ecography", "JSON", "GDAL", "GEOS", "PROJ"}
TITLES = ["Transboundary Cooperation for Conservation of Amur Tigers, Amur Leopards and Snow Leopards in North-East Asia",
          "Overview, Data, Model, Assessment, Prediction"]
PLACE = re.compile(r"\{\w+\}")
LATIN = re.compile(r"[A-Za-z]{2,}")
CYRILLIC, HAN = re.compile(r"[\u0400-\u04ff]+"), re.compile(r"[\u4e00-\u9fff]+")
FOREIGN = {"en": [CYRILLIC, HAN], "ru": [LATIN, HAN], "zh": [LATIN, CYRILLIC]}

# Names out of data are <bdi>, on maps .park-label, files and digests <code>, quotations have a lang of their own: all
# else is the page's.
TEXTS = """
  const page = document.documentElement.lang, texts = [document.title];
  const isOwn = e => {
    for (; e; e = e.parentElement) {
      if (['BDI', 'CODE', 'PRE', 'DATA', 'SCRIPT', 'STYLE'].includes(e.tagName)) return false;
      if (e.lang && e.lang !== page || e.classList.contains('park-label')) return false;
    }
    return true;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (walker.currentNode.data.trim() && isOwn(walker.currentNode.parentElement)) texts.push(walker.currentNode.data);
  for (const e of document.querySelectorAll('[title], [aria-label], [alt], [data-label]'))
    for (const name of ['title', 'aria-label', 'alt', 'data-label'])
      if (e.hasAttribute(name) && isOwn(e)) texts.push(e.getAttribute(name));
  return texts.concat(Object.values(JSON.parse(document.getElementById('main').dataset.words)));
"""


def foreign_texts(browser, language, names):
    """Words of other languages with the text they stand in; `names` are those of the data."""
    found = []
    for text in browser.script(TEXTS):
        rest = PLACE.sub(" ", text)
        for name in sorted(TITLES + list(names), key=len, reverse=True):
            rest = rest.replace(name, " ")
        words = [word for pattern in FOREIGN[language] for word in pattern.findall(rest)]
        found += [(word, text.strip()[:90]) for word in words if word not in COMMON]
    return found


def names_of(folder):
    """Parks, landscape and the species' Latin names, which every language leaves as they are."""
    names = {json.loads((folder / "manifest.json").read_text())["parameters"]["landscape"]}
    for path in folder.glob("*_areas.json"):
        table = json.loads(path.read_text())
        names |= {row["park"] for row in table["parks"]} | set(re.findall(r"\(([A-Z][a-z ]+)\)", table["title"]))
    return names - {""}
