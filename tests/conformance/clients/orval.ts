/** The five calls by what orval makes, with its client `fetch`. */
import { annotate, checkTranslation, listUsages, lookUp, reconcileForm, type ReconciliationResults } from "./generated";

declare const process: { argv: string[] };

function good<Answer extends { status: number }>(answer: Answer): Extract<Answer, { status: 200 }> {
  if (answer.status !== 200) throw new Error(JSON.stringify(answer));
  return answer as Extract<Answer, { status: 200 }>;
}

async function main(): Promise<void> {
  const asked: Record<string, string> = JSON.parse(process.argv[3]);
  const lookedUp = good(await lookUp({ name: asked.name })).data;
  const annotated = good(await annotate({ text: asked.text })).data;
  if (!("matches" in annotated)) throw new Error("an answer of another format");
  const [match] = annotated.matches;
  const usages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = good(await listUsages(asked.term, { limit: 1, cursor })).data;
    usages.push(...page.items.map((usage) => usage.report.id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const found = good(await reconcileForm({ queries: asked.queries })).data as ReconciliationResults;
  const best = found.q0!.result[0];
  const check = { source: asked.source, target: asked.target, language: "en", place: asked.place };
  const checked = good(await checkTranslation(check)).data;
  console.log(
    JSON.stringify({
      looked_up: [lookedUp.term.name, lookedUp.match_type, lookedUp.term.totals.usages],
      annotated: [match.term.name, match.start, match.end, match.term.kind],
      usages,
      reconciled: [best.name, best.match],
      checked: checked.findings.map((finding) => [finding.kind, finding.target[0].text]),
    }),
  );
}
main();
