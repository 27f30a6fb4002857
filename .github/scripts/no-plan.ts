import { script, workflow } from "./github/workflow.ts";

const reason =
  "This pull request comes from a fork or from a bot, whose runs get no secrets: no plan was made. " +
  "Somebody who may write to this repository reads the change first, and then pushes it to a branch " +
  "here, whose pull request is planned.";

// Says why there is no plan, where somebody would look for one.
await script(async () => {
  const { say, summary } = workflow();
  say(`::notice title=No plan::${reason}`);
  await summary(reason);
});
