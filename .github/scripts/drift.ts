import { mkdir, writeFile } from "node:fs/promises";
import { documents, folders } from "./folders.ts";
import { jobEnvironment, script, workflow, WorkflowError } from "./github/workflow.ts";
import { driftMarker } from "./markers.ts";
import { otp } from "./otp.ts";

/** `otp drift` ends with it where it found any. */
const driftCode = 2;

// Looks for drift in one environment; the document is empty where there is none.
await script(async () => {
  const { summary } = workflow();
  const { name: environment, file } = jobEnvironment(process.env);
  const { code, stdout } = await otp(["drift", file, "--marker", driftMarker(environment)]);
  if (code !== 0 && code !== driftCode)
    throw new WorkflowError(`${environment}: could not be compared with what is declared`);
  await mkdir(folders.drift, { recursive: true });
  await writeFile(documents.drift, code === driftCode ? stdout : "");
  await summary(stdout);
});
