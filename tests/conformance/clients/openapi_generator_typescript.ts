/** The five calls by what the generator `typescript-fetch` of openapi-generator makes. */
import {
  AnnotationsApi,
  Configuration,
  LookupApi,
  ReconciliationApi,
  TermsApi,
  TranslationsApi,
  type ReconciliationResults,
} from "./generated";

declare const process: { argv: string[] };

async function main(): Promise<void> {
  const asked: Record<string, string> = JSON.parse(process.argv[3]);
  const server = new Configuration({ basePath: process.argv[2] });
  const lookedUp = await new LookupApi(server).lookUp({ name: asked.name });
  const [match] = (await new AnnotationsApi(server).annotate({ annotate: { text: asked.text } })).matches;
  const usages: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await new TermsApi(server).listUsages({ name: asked.term, limit: 1, cursor: cursor ?? undefined });
    usages.push(...page.items.map((usage) => usage.report.id));
    cursor = page.next;
  } while (cursor !== null);
  const found = await new ReconciliationApi(server).reconcileForm({ queries: asked.queries });
  const best = (found as ReconciliationResults).q0!.result[0];
  const check = { source: asked.source, target: asked.target, language: "en", place: asked.place };
  const checked = await new TranslationsApi(server).checkTranslation({ check });
  console.log(
    JSON.stringify({
      looked_up: [lookedUp.term.name, lookedUp.matchType, lookedUp.term.totals.usages],
      annotated: [match.term.name, match.start, match.end, match.term.kind],
      usages,
      reconciled: [best.name, best.match],
      checked: checked.findings.map((finding) => [finding.kind, finding.target[0].text]),
    }),
  );
}
main();
