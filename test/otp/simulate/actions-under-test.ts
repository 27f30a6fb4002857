import { emailAnswers } from "../../../otp/simulate/answers/email.ts";
import { metricsOf } from "../../../otp/simulate/metrics.ts";
import type { ActionUnderTest } from "../../../otp/simulate/run-scenario.ts";
import { runScenario } from "../../../otp/simulate/run-scenario.ts";
import type { Scenario } from "../../../otp/simulate/scenario.ts";
import { scenarios, sizeOf } from "../../../otp/simulate/scenarios.ts";

/** The value of the one secret of {@link handwritten} Actions. */
export const secretValue = "madeUpAPIKEY";

/**
 * An e-mail Action of a few lines, with two vendors in the wire format of the documented sample at
 * `https://first.example` and `https://second.example`. `post(host, key)` sends the message.
 */
export function handwritten(body: string): ActionUnderTest {
  const code = `
    exports.handler = async (event, api) => {
      const { notification, secrets } = event;
      const post = (host, key) => fetch("https://" + host + ".example/", {
        headers: key ? { "idempotency-key": key } : {}, body: JSON.stringify(notification) });
      const { retry, drop } = api.notification;
      ${body}
    };`;
  return {
    name: "handwritten",
    channel: "email",
    code,
    handler: "handler",
    endpoints: ["first", "second"].map((id) => ({
      id,
      answers: emailAnswers.http,
      purpose: ({ url }) => (url === `https://${id}.example/` ? "message" : undefined),
    })),
    primary: "first",
    secrets: { API_KEY: secretValue },
    lifetimeMs: 180_000,
    numbers: ["+1202", "+44"],
  };
}

/** The metrics of an Action in a scenario, which is named or made for the test. */
export async function metricsFor(
  action: ActionUnderTest,
  nameOrScenario: string | Scenario,
  messages = 200,
  seed = 1,
) {
  const scenario =
    typeof nameOrScenario === "string"
      ? scenarios.find(({ name }) => name === nameOrScenario)
      : nameOrScenario;
  if (!scenario) throw new Error("expected a scenario that exists");
  const run = await runScenario(action, scenario, { messages: sizeOf(scenario, messages), seed });
  return metricsOf(run, new Set(action.endpoints.map(({ id }) => id)));
}
