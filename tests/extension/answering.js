// @ts-check
/**
 * Answers questions about the matcher of the extension, a line of JSON for each line of JSON:
 * `{"open": text of a pack}`, then `{"fold": text}`, `{"find": text, "kinds": …, "short": …}`, `{"card": term, "root": …}`
 * `{"explain": text}` or `{"answer": of a look-up, "root": …}`. It runs in the folder of a packed extension.
 */

import { createInterface } from "node:readline";
import { stdin, stdout } from "node:process";

import { useAt } from "./content/around.js";
import { Folding } from "./matching/folding.js";
import { openPack } from "./matching/pack.js";
import { cardOf } from "./shared/card.js";

/** @type {any} */
let pack;
/** @type {any} */
let folding;

/** @param {string} text */
function opened(text) {
  pack = openPack(text);
  folding = new Folding(JSON.parse(`${text.split("\n", 1)[0]}]}`).folding);
  return { edition: pack.edition, size: pack.size, address: pack.address };
}

/** @param {string} text */
function folded(text) {
  const { units, starts, ends } = folding.fold(text);
  return { units: [...units], starts: [...starts], ends: [...ends] };
}

/** What each term of a text is said to mean where it stands. @param {string} text */
function explained(text) {
  return pack.find(text, {}).map((/** @type {any} */ { start, end, term }) => {
    const use = useAt(text, start, end);
    const { senses, elsewhere } = pack.card(term, "", "zh", use);
    return [start, term, pack.isExplained(term, use), senses.map(({ text: said }) => said), elsewhere.length];
  });
}

/** @param {any} question */
function answer(question) {
  try {
    if ("open" in question) {
      return opened(question.open);
    }
    if ("fold" in question) {
      return folded(question.fold);
    }
    if ("answer" in question) {
      const { term, senses, elsewhere } = question.answer;
      return cardOf(term, senses, null, { root: question.root, elsewhere });
    }
    if ("explain" in question) {
      return explained(question.explain);
    }
    return "find" in question ? pack.find(question.find, question) : pack.card(question.card, question.root);
  } catch (error) {
    return { error: String(error), code: /** @type {any} */ (error).code };
  }
}

for await (const line of createInterface({ input: stdin })) {
  stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
