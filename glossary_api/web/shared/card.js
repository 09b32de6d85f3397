// @ts-check

/**
 * What a tooltip shows of a term, made from what the API says of it; and the words around that, in both languages.
 *
 * @typedef {{label: string, href: string | null}} Source
 * @typedef {"pass" | "fail" | "not_applicable" | null} Check
 * @typedef {{text: string, members: string[], check: Check, sources: Source[]}} Sense
 * @typedef {{language: string, text: string, status: string}} Rendering
 * @typedef {{text: string, reason: string, source: Source}} Stranger
 *
 * @typedef {object} Card
 * @property {string} name The term's preferred form.
 * @property {string | null} reading Pinyin; null where nobody says it.
 * @property {string} kind "numeral", "plan" or "quoted".
 * @property {string | null} href The term's page.
 * @property {boolean} ambiguous Whether to take the first sense would be to guess.
 * @property {Rendering[]} renderings In other languages.
 * @property {Sense[]} senses What it may mean, best first; empty for a term that nobody defines.
 * @property {Stranger[]} elsewhere What the name means where nothing shows that this is meant here, and why it is not taken.
 *
 * What it is made from, as the API says it, as far as it is needed:
 *
 * @typedef {{report: string | null, place: string | null, year: number | null, start: number | null}} ApiSource
 * @typedef {{text: string, source: ApiSource, members: {text: string}[], count_check: {status: string}}} ApiDefinition
 * @typedef {{language: string, rendering: string, gloss?: string, status: string, sense?: string | number | null}} ApiRendering
 * @typedef {{id: string | number, definitions: ApiDefinition[], equivalents: ApiRendering[]}} ApiSense
 * @typedef {{name: string, kind: string, pinyin?: string | null}} ApiName
 * @typedef {ApiName & {senses?: ApiSense[], equivalents?: ApiRendering[]}} ApiTerm
 * @typedef {{id: string | number, score: number, definition: string, source: ApiSource}} RankedSense
 * @typedef {RankedSense & {reason: {code: string}}} RefusedSense
 *
 * @typedef {object} Words
 * @property {string} language The language of these words.
 * @property {string} label What a screen reader calls the tooltip.
 * @property {Record<string, string>} kinds By kind of term.
 * @property {Record<string, string>} statuses By status of a rendering.
 * @property {string} undefined For a term without senses.
 * @property {string} ambiguous For a term whose first sense is a guess.
 * @property {string} elsewhere Before what the name means elsewhere.
 * @property {Record<string, string>} reasons By code: why a sense is not taken.
 * @property {(n: number) => string} sense The heading of the n-th of several senses.
 * @property {(n: number) => string} pass For n members that are as many as the name promises.
 * @property {(n: number) => string} fail For n members that are not.
 * @property {string} curated The source of what editors have added.
 * @property {string} more The link to the term's page.
 * @property {string} close The button that closes the tooltip.
 */

/** @type {Record<"zh" | "en", Words>} */
export const WORDS = {
  zh: {
    language: "zh-Hans",
    label: "释义",
    kinds: { numeral: "数字缩略语", plan: "规划时期", quoted: "其他提法" },
    statuses: { proposed: "建议", approved: "已审定", official: "官方" },
    undefined: "没有材料说明这里的含义。",
    ambiguous: "这里用的是哪一个意思，还不能确定。",
    elsewhere: "别处另有解释",
    reasons: {
      later: "后来的年份才有这种说法",
      "long-ago": "相隔年份太久，未必同指一事",
      "of-its-place": "说的是当地自己的做法或文件",
      "other-whole": "解释的是另一个较长的名称",
      "other-words": "前面的字句表明指的是另一回事",
      "common-name": "这类名称各地自行命名，未必同指一事",
      nearer: "有更切近的解释",
    },
    sense: (n) => `义项 ${n}`,
    pass: (n) => `共 ${n} 项，计数相符`,
    fail: (n) => `列出 ${n} 项，计数不符`,
    curated: "编者所加",
    more: "查看词条",
    close: "关闭",
  },
  en: {
    language: "en",
    label: "Definition",
    kinds: { numeral: "numeral abbreviation", plan: "plan period", quoted: "other phrase" },
    statuses: { proposed: "proposed", approved: "approved", official: "official" },
    undefined: "Nothing collected here shows what this means here.",
    ambiguous: "Which of these is meant here is not certain.",
    elsewhere: "Explained elsewhere",
    reasons: {
      later: "said only in a later year",
      "long-ago": "said too many years before",
      "of-its-place": "said of what its own place does",
      "other-whole": "said of a longer name",
      "other-words": "the words before the name say that something else is counted",
      "common-name": "such names are given anew everywhere",
      nearer: "something nearer explains the name",
    },
    sense: (n) => `Sense ${n}`,
    pass: (n) => `${n} listed, the count agrees`,
    fail: (n) => `${n} listed, the count does not agree`,
    curated: "added by the editors",
    more: "See the whole entry",
    close: "Close",
  },
};

/** How many meanings that are not taken a card lists, and how much of each, in characters. */
const LISTED = 3;
const SHORT = 60;

/**
 * The card of a term.
 *
 * @param {ApiTerm} term From `/lookup` the whole term, from a match of `/annotate` its id, name and kind.
 * @param {RankedSense[] | null} senses The ranked senses that came with it.
 * @param {ApiRendering[] | null} equivalents The renderings that came with a match of `/annotate`; null takes those of
 *   the term, as `/lookup` has them.
 * @param {{root: string, language?: "zh" | "en", elsewhere?: RefusedSense[] | null}} where The server's root, with the
 *   slash at its end; language of links and labels; the senses that came with the others, but are not taken.
 * @returns {Card}
 */
export function cardOf(term, senses, equivalents, { root, language = "zh", elsewhere = null }) {
  const ranked = senses ?? [];
  return {
    name: term.name,
    reading: term.pinyin || null,
    kind: term.kind,
    href: addressed(root, `terms/${encodeURIComponent(term.name)}`, language),
    ambiguous: ranked.length > 1 && ranked[0].score === ranked[1].score,
    renderings: renderingsOf(term, ranked, equivalents),
    senses: ranked.map((sense) => senseOf(term, sense, root, language)),
    elsewhere: (elsewhere ?? []).slice(0, LISTED).map(({ definition, reason, source }) => ({
      text: definition.length > SHORT ? `${[...definition].slice(0, SHORT).join("")}…` : definition,
      reason: WORDS[language].reasons[reason.code] ?? "",
      source: sourceOf(source, root, language),
    })),
  };
}

/**
 * A ranked sense with what the term says of the same definition, if it says anything.
 *
 * @param {ApiTerm} term
 * @param {RankedSense} ranked
 * @param {string} root
 * @param {"zh" | "en"} language
 * @returns {Sense}
 */
function senseOf(term, ranked, root, language) {
  const known = term.senses?.find(({ id }) => id === ranked.id)?.definitions ?? [];
  const alike = known.filter(({ text }) => text === ranked.definition);
  const nearest = alike.find(({ source }) => isSame(source, ranked.source)) ?? alike[0];
  const others = alike.map(({ source }) => source).filter((source) => !isSame(source, ranked.source));
  return {
    text: ranked.definition,
    members: nearest?.members.map(({ text }) => text) ?? [],
    check: /** @type {Check} */ (nearest?.count_check?.status ?? null),
    sources: [ranked.source, ...others].map((source) => sourceOf(source, root, language)),
  };
}

/** @param {ApiSource} one @param {ApiSource} other */
function isSame(one, other) {
  return one.report === other.report && one.start === other.start;
}

/**
 * @param {ApiSource} source
 * @param {string} root
 * @param {"zh" | "en"} language
 * @returns {Source}
 */
function sourceOf({ report, place, year, start }, root, language) {
  if (!report) return { label: WORDS[language].curated, href: null };
  const anchor = start === null ? "" : `#d${start}`;
  return {
    label: [place ?? report, year].filter(Boolean).join(" "),
    href: addressed(root, `reports/${encodeURIComponent(report)}`, language) + anchor,
  };
}

/**
 * Those of the best sense, then those of the term itself.
 *
 * @param {ApiTerm} term
 * @param {RankedSense[]} ranked
 * @param {ApiRendering[] | null} equivalents
 * @returns {Rendering[]}
 */
function renderingsOf(term, ranked, equivalents) {
  const best = ranked[0]?.id;
  const ofSense = term.senses?.find(({ id }) => id === best)?.equivalents ?? [];
  const given = equivalents?.filter(({ sense = null }) => sense === null || sense === best);
  const all = given ?? [...ofSense, ...(term.equivalents ?? [])];
  return all.map(({ language, rendering, gloss = "", status }) => {
    return { language, text: gloss ? `${rendering} (${gloss})` : rendering, status };
  });
}

/** @param {string} root @param {string} path @param {"zh" | "en"} language */
function addressed(root, path, language) {
  return `${root}${path}?lang=${language}`;
}
