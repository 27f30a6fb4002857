import { emailAnswers } from "../../../otp/simulate/answers/email.ts";
import type { Actor } from "../../../otp/simulate/run.ts";
import { play } from "../../../otp/simulate/run.ts";
import { figures } from "../../../otp/simulate/metrics.ts";
import { scenarios } from "../../../otp/simulate/scenarios.ts";

/** The value of the one secret of {@link handwritten} Actions. */
export const secretValue = "madeUpAPIKEY";

/**
 * An e-mail Action of a few lines, with two vendors in the wire format of the documented sample at
 * `https://first.example` and `https://second.example`. `post(host, key)` sends the message.
 */
export function handwritten(body: string): Actor {
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
    listeners: ["first", "second"].map((id) => ({
      id,
      answers: emailAnswers.http,
      hears: ({ url }) => (url === `https://${id}.example/` ? "message" : undefined),
    })),
    first: "first",
    secrets: { API_KEY: secretValue },
    lifetimeMs: 180_000,
    numbers: "+1202",
  };
}

/** The figures of an Action in a scenario. */
export async function figuresOf(actor: Actor, name: string, messages = 200, seed = 1) {
  const scenario = scenarios.find((one) => one.name === name);
  if (!scenario) throw new Error(`expected a scenario, got: ${name}`);
  const played = await play(actor, scenario, { messages, seed, forgetful: false });
  const keyed = new Set(actor.listeners.map(({ id }) => id));
  return figures(played, { lifetimeMs: actor.lifetimeMs, keyed });
}
