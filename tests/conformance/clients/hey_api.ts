/** The five calls by what @hey-api/openapi-ts makes. */
import { annotate, checkTranslation, listUsages, lookUp, reconcileForm, type ReconciliationResults } from "./generated";
import { client } from "./generated/client.gen";

declare const process: { argv: string[] };

async function main(): Promise<void> {
  const asked: Record<string, string> = JSON.parse(process.argv[3]);
  client.setConfig({ baseUrl: process.argv[2] });
  const throwOnError = true;
  const lookedUp = (await lookUp({ query: { name: asked.name }, throwOnError })).data;
  const [match] = (await annotate({ body: { text: asked.text }, throwOnError })).data.matches;
  const usages: string[] = [];
  let cursor: string | undefined;
  do {
    const path = { name: asked.term };
    const page = (await listUsages({ path, query: { limit: 1, cursor }, throwOnError })).data;
    usages.push(...page.items.map((usage) => usage.report.id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const found = (await reconcileForm({ body: { queries: asked.queries }, throwOnError })).data;
  const best = (found as ReconciliationResults).q0!.result[0];
  const body = { source: asked.source, target: asked.target, language: "en", place: asked.place };
  const checked = (await checkTranslation({ body, throwOnError })).data;
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
