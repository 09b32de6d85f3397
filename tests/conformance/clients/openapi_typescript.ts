/** The five calls by the types that openapi-typescript makes, with openapi-fetch. */
import createClient from "openapi-fetch";
import type { components, paths } from "./generated";

declare const process: { argv: string[] };

function good<Data>(answer: { data?: Data; error?: unknown }): Data {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

async function main(): Promise<void> {
  const asked: Record<string, string> = JSON.parse(process.argv[3]);
  const client = createClient<paths>({ baseUrl: process.argv[2] });
  const lookedUp = good(await client.GET("/api/v1/lookup", { params: { query: { name: asked.name } } }));
  const annotated = good(await client.POST("/api/v1/annotate", { body: { text: asked.text } }));
  if (!("matches" in annotated)) throw new Error("an answer of another format");
  const [match] = annotated.matches;
  const usages: string[] = [];
  let cursor: string | undefined;
  do {
    const params = { path: { name: asked.term }, query: { limit: 1, cursor } };
    const page = good(await client.GET("/api/v1/terms/{name}/usages", { params }));
    usages.push(...page.items.map((usage) => usage.report.id));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const found = good(
    await client.POST("/api/v1/reconcile", {
      body: { queries: asked.queries },
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    }),
  );
  const best = (found as components["schemas"]["ReconciliationResults"]).q0!.result[0];
  const body = { source: asked.source, target: asked.target, language: "en", place: asked.place };
  const checked = good(await client.POST("/api/v1/check", { body }));
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
