import { ActionContainer } from "./container.ts";
import type { ActionRun, ContainerInput, ExecutionInput } from "./container.ts";

export type RunOptions = ContainerInput & ExecutionInput;

/**
 * Runs an Action once in a worker of its own, as in a cold container. Never rejects: an exception, a
 * missing export, too much memory or time is an outcome.
 */
export async function runAction(options: RunOptions): Promise<ActionRun> {
  const container = new ActionContainer(options);
  try {
    return await container.run(options);
  } finally {
    await container.stop();
  }
}
