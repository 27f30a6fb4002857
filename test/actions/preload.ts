import { randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Answer } from "../../otp/simulate/sandbox/response.ts";

const nock = fileURLToPath(import.meta.resolve("nock"));

/** A request as it left the Action. */
export interface Sent {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * A module that lets nock answer all HTTP of the worker that imports it, and notes what was asked.
 *
 * @param answers - by a part of the URL; an empty part stands for every other URL
 */
export async function intercepted(answers: Readonly<Record<string, Answer>>) {
  const folder = await mkdtemp(join(tmpdir(), "otp-nock-"));
  const module = join(folder, `${randomUUID()}.mjs`);
  const log = join(folder, "requests");
  await writeFile(log, "");
  await writeFile(
    module,
    `import { appendFileSync } from "node:fs";
import nock from ${JSON.stringify(nock)};
const answers = ${JSON.stringify(answers)};
nock.disableNetConnect();
nock(/./).persist().intercept(/./, "POST").reply(async (request) => {
  const { url, method } = request;
  const sent = { url, method, headers: Object.fromEntries(request.headers), body: await request.text() };
  appendFileSync(${JSON.stringify(log)}, JSON.stringify(sent) + "\\n");
  const [, answer] = Object.entries(answers).find(([part]) => url.includes(part));
  return [answer.status, answer.body, answer.headers ?? {}];
});
`,
  );
  return {
    module,
    requests: async () =>
      (await readFile(log, "utf8"))
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Sent),
    remove: () => rm(folder, { recursive: true }),
  };
}
