"""The words of the program: every list of kinds, levels, statuses and types, and nowhere again."""

from __future__ import annotations

NUMERAL, PLAN, QUOTED = KINDS = ("numeral", "plan", "quoted")
"""What a name is: an abbreviation by numbers (数字缩略语), a period of planning, any other quoted phrase."""
NEVER, VOUCHED, ALWAYS = UNQUOTED = ("never", "vouched", "always")
"""Where a name counts that no quotation marks enclose: nowhere (四上 in 星期四上午), where the same text also quotes
it, or wherever it stands."""
NATIONAL, PROVINCE, PREFECTURE, COUNTY, TOWNSHIP = LEVELS = ("national", "province", "prefecture", "county", "township")
"""Levels of government, the highest first."""
GOVERNMENT_REPORT, EXPLAINER, OTHER_GENRE = "政府工作报告", "解读", "other"
GENRES = (
    "党代会报告",
    "五年规划",
    "预算报告",
    "计划报告",
    "人大工作报告",
    "政协工作报告",
    "法院工作报告",
    "检察院工作报告",
    GOVERNMENT_REPORT,
    EXPLAINER,
    OTHER_GENRE,
)
"""Kinds of documents. Where a head bears two titles, the one that stands first here says what the document is.
An explainer is no report: it gives definitions, and nothing in it counts as use of a term."""
NO_REPORT = "none"
"""The genre by which a manifest leaves a file out."""
TEXT, RECORD, NAME, MANIFEST, EDITOR = ORIGINS = ("text", "record", "name", "manifest", "editor")
"""Who says something of a document: its text, the record of a data set that has it, its file's or folder's name, a
person in a manifest, whose word is above these, or an editor of the glossary who decided so."""
REPORT, PART, COPY, REFUSED = OUTCOMES = ("report", "part", "copy", "refused")
"""What became of a document: a report of its own, a page or attachment of one, a further source of one, or nothing."""
ERROR, QUESTION, INFO = SEVERITIES = ("error", "question", "info")
"""How sure a finding is: an editor should act on it, should look at it, may want to know of it."""
FOUND_IN_REPORTS = {
    "count-mismatch": QUESTION,
    "orphan-mark": ERROR,
    "marks-without-notes": QUESTION,
    "lone-quotation-mark": ERROR,
    "unreferenced-entry": INFO,
    "entry-not-understood": QUESTION,
    "glossary-not-understood": QUESTION,
    "reading-in-doubt": QUESTION,
    "bare-pages": QUESTION,
}
"""Kinds of findings of the parser, each with its severity: an error is what a careful reader would tell the author."""
ESTABLISHED, CANDIDATE = STATUSES = ("established", "candidate")
"""Whether a term is offered, or kept and only named where somebody asks for it."""
ANY_STATUS = "any"
"""In questions: terms of either status."""
REASONS_FOR = (
    "note",
    "curated",
    "numeral",
    "plan",
    "formula",
    "marked",
    "naming",
    "own-noun",
    "reports",
    "named",
    "once",
)
"""Why a term is established: the first that holds.

A note of an appendix explains it; a curator established it or approved a rendering of it; its numeral counts, it is a
period of planning, it is a formula (党建+服务); a footnote mark stands behind it; the noun of an undertaking follows
the quotation (“双引领”计划) or ends the phrase (迎客松行动); several independent reports quote it; a verb of naming
stands before the quotation; it is quoted once and nothing speaks against it.
"""
REASONS_AGAINST = (
    *("single-character", "sentence", "title", "long", "speech", "scare-quotes", "ordinary-word", "clause"),
    *("adjective", "figure", "emerging", "rejected"),
)
"""Why a term is a candidate only: the first that holds.

One character; a sentence; the title of a work, the name of a storm or an accident; a long clause;
somebody's words; a phrase held at arm's length (所谓); a word of the dictionary that nothing shows to be a
name; a phrase of ordinary words; a property (断崖式); a picture (发展的“沃土”); a name that no report marks and
many begin to use in one year; an editor rejected it.
"""
CURATED_TERM, REJECTED = "curated", "rejected"
"""The reasons that an editor gave."""
EMERGING = "emerging"
"""The reason of a name that no report marks."""
RECORD_FIELDS = ("title", "place", "year", "date", "published", "speaker", "address")
"""What a record of a data set may say of its report; `published` is the day on which it was made public."""
LEFT_OUT = (
    *("hidden", "deleted", "comment", "header", "footer", "field", "ruby", "symbol", "text-box", "picture"),
    *("furniture", "column", "row", "sheet", "page", "part"),
)
"""What a reader leaves out of the text: see `LeftOut`.

Hidden text, tracked deletions and comments; headers and footers; contents and page numbers that a field prints; the
reading beside a character; a character of a font of symbols; a text box; a picture, which has no characters; what
frames the article of a web page; columns, rows without a text and sheets of a data set; pages; parts of a file that is
made of several.
"""
ANNEX = "annex"
"""What the parser leaves out besides: text that is neither title, body nor glossary, such as another annex."""
PASS, FAIL, NOT_APPLICABLE = COUNT_STATUSES = ("pass", "fail", "n/a")
"""Verdicts on the number of members that a definition lists."""
APPENDIX, INLINE, CURATED = SOURCE_TYPES = ("appendix", "inline", "curated")
"""Where definitions are written: a note, the running text, a file of the glossary's editors."""
NOTE, LISTED, CORROBORATED, DECIDED = EVIDENCE_KINDS = ("note", "listed", "corroborated", "decided")
"""What vouches for a definition: a note written to explain the name; only a list that stands beside the name in running
text; such a list that a note or another report gives, too; an editor who wrote or corrected it."""
DEFINED_WHERE = (
    *("own-report", "same-place", "same-prefecture", "same-province", NATIONAL, "elsewhere", "no-place-asked"),
)
"""Where a definition stands to the asker, nearest first."""
DEFINED_WHEN = ("known", "same-year", "later", "undated", "superseded")
"""When a definition held, as seen from the day asked for."""
NAME_HERE = "～"
"""Stands in `Definition.beside` for the name."""
PROPOSE, DECIDE, ADMIN = SCOPES = ("propose", "decide", "admin")
"""What a token is good for, each for all that those before it are: propose; decide, and accept what is proposed;
whatever may follow."""
REVIEWED = ("proposals", "candidates", "findings", "doubts", "renderings", "dangling")
"""What waits for a decision, in the order in which it is offered."""
PROPOSED, APPROVED, OFFICIAL = EQUIVALENT_STATUSES = ("proposed", "approved", "official")
"""How far a rendering has come, the least first."""
MACHINE = "machine"
TRANSLATION_STATUSES = (MACHINE, PROPOSED, APPROVED)
"""How far a definition in another language has come: what no person has read is marked as a machine's."""
SERVED, WAITING, MISSING, REFUSED_EDITION = PUBLISHED = ("served", "waiting", "missing", "refused")
"""What becomes of the edition that stands where a server looks for it: served; to be taken up now; not there, or not
usable, while the one that stood there before is served on."""
PREFERRED, IN_QUOTES, WITHOUT_QUOTES, EMBEDDED, NUMERAL_STYLE, TRADITIONAL, SHORT_FORM = VARIANT_TYPES = (
    "preferred",
    "quoted",
    "unquoted",
    "embedded",
    "numeral-style",
    "traditional",
    "short-form",
)
"""How a printed form differs from the preferred one, which is the first type."""
EXACT, VARIANT, FOLDED = MATCH_TYPES = ("exact", "variant", "folded")
"""How a name stands there: as the term's own name, as another printed form of it, spelled otherwise."""
