import { describe, expect, it } from "vitest";
import type { Bundle } from "../../bundle/bundle.ts";
import { bundle } from "../../bundle/bundle.ts";
import type { Channel, Environment } from "../../config/environment.ts";
import { runAction } from "../../emulator/runtime/index.ts";
import type { Answers } from "../../otp/simulate/answers/answers.ts";
import { emailAnswers } from "../../otp/simulate/answers/email.ts";
import { phoneAnswers } from "../../otp/simulate/answers/phone.ts";
import type { Answer } from "../../otp/simulate/sandbox/response.ts";
import { intercepted } from "./preload.ts";
import { entry, environmentOf, everyVendor, secretsOf } from "./samples.ts";

const answersOf: Readonly<Record<Channel, Readonly<Record<string, Answers>>>> = {
  email: emailAnswers,
  phone: phoneAnswers,
};
const recipients = { email: "jo@example.org", phone: "+4915112345678" };
const code = "987654";

const notifications = {
  email: {
    to: recipients.email,
    from: "ignored@example.com",
    subject: "Your code for Example",
    html: `<p>Your code is <b data-otp>${code}</b></p>`,
    text: `Your code is ${code}`,
    locale: "en",
    message_type: "verification_code",
  },
  phone: {
    recipient: recipients.phone,
    as_text: `${code} is your code`,
    as_voice: `Your code is ${code}`,
    code,
    delivery_method: "text",
    locale: "en",
    message_type: "otp_verify",
  },
};

async function made(environment: Environment, channel: Channel): Promise<Bundle> {
  const built = await bundle(environment, channel);
  if (!built) throw new Error(`expected a bundle for ${channel}`);
  return built;
}

async function run(
  environment: Environment,
  channel: Channel,
  answers: Readonly<Record<string, Answer>>,
  change: object = {},
  whole: object = {},
) {
  const { code: source, handler } = await made(environment, channel);
  const wires = await intercepted(answers);
  try {
    const event = {
      tenant: { id: "sample" },
      secrets: secretsOf(environment),
      notification: { ...notifications[channel], ...change },
      ...whole,
    };
    const { outcome, log, error } = await runAction({
      code: source,
      handler,
      event,
      preload: [wires.module],
    });
    return { outcome, log, error, requests: await wires.requests() };
  } finally {
    await wires.remove();
  }
}

describe.each(everyVendor)("the bundle for %s by %s", (channel, name) => {
  const environment = environmentOf(channel, [entry(channel, name)]);
  const answers = answersOf[channel][name];
  if (!answers) throw new Error(`expected answers of ${name}`);
  const granted: Readonly<Record<string, Answer>> = answers.token
    ? { [answers.token.host]: answers.token.granted }
    : {};

  it("sends one message, as the vendor takes it, and says so", async () => {
    const { outcome, log, requests } = await run(environment, channel, {
      ...granted,
      "": answers.accepted,
    });
    expect(JSON.parse(log)).toMatchObject({ otp: "accepted", vendor: name, attempts: 1 });
    expect(outcome).toEqual({ kind: "delivered" });
    expect(requests).toHaveLength(answers.token ? 2 : 1);
    const sent = decodeURIComponent(requests.at(-1)?.body.replaceAll("+", " ") ?? "");
    expect(sent).toContain(channel === "email" ? "example.org" : "4915112345678");
    expect(log).not.toMatch(/987654|49151|jo@|c2VjcmV0/);
  });

  it("drops a recipient whom the vendor refuses, after one call", async () => {
    const { outcome, log, requests } = await run(environment, channel, {
      ...granted,
      "": answers.badRecipient(recipients[channel]),
    });
    expect(outcome).toMatchObject({ kind: "drop" });
    expect(JSON.parse(log)).toMatchObject({ otp: "rejected" });
    expect(requests).toHaveLength(answers.token ? 2 : 1);
    expect(JSON.stringify(outcome) + log).not.toMatch(/987654|49151|jo@|c2VjcmV0/);
  });

  it("is to be tried again, with a word on the configuration, where credentials are refused", async () => {
    const { outcome, log } = await run(environment, channel, {
      ...granted,
      "": answers.badCredentials,
    });
    expect(outcome).toEqual({
      kind: "retry",
      reason: expect.stringContaining(`check the configuration of ${name}`) as string,
    });
    expect(JSON.parse(log)).toMatchObject({ otp: "failed", config: name });
  });
});

const types = {
  email: [
    "verify_email",
    "verify_email_by_code",
    "reset_email",
    "reset_email_by_code",
    "welcome_email",
    "verification_code",
    "mfa_oob_code",
    "enrollment_email",
    "blocked_account",
    "stolen_credentials",
    "try_provider_configuration_email",
    "organization_invitation",
  ],
  phone: ["otp_verify", "otp_enroll", "blocked_account", "change_password", "password_breach"],
};

describe.each(["email", "phone"] as const)("messages for %s", (channel) => {
  const environment = environmentOf(
    channel,
    [entry(channel, "http")],
    channel === "phone" ? { methods: ["text", "voice"] } : {},
  );
  const accepted = { "": { status: 202, body: "{}" } };

  it.each(types[channel])("of the type %s are delivered", async (message_type) => {
    const { outcome, log } = await run(environment, channel, accepted, { message_type });
    expect(outcome).toEqual({ kind: "delivered" });
    expect(JSON.parse(log)).toMatchObject({ otp: "accepted", type: message_type });
  });

  it("are delivered with every optional field missing", async () => {
    const optional = { locale: undefined, from: undefined, code: undefined, text: undefined };
    const { outcome } = await run(environment, channel, accepted, optional);
    expect(outcome).toEqual({ kind: "delivered" });
  });

  it.each(Object.keys(notifications[channel]).map((field) => [field] as const))(
    "end with an outcome where %s is missing",
    async (field) => {
      const { outcome, error } = await run(environment, channel, accepted, { [field]: undefined });
      expect(error).toBeUndefined();
      expect(["delivered", "drop"]).toContain(outcome.kind);
    },
  );

  it.each([
    ["without secrets", { secrets: undefined }],
    ["without a notification", { notification: undefined }],
    ["without a tenant", { tenant: undefined }],
  ])("end with an outcome %s", async (_name, whole) => {
    const { outcome, error } = await run(environment, channel, accepted, {}, whole);
    expect(error).toBeUndefined();
    // Without its secret a vendor cannot be called: a fault that somebody may mend meanwhile.
    const kinds = "secrets" in whole ? ["retry"] : ["delivered", "drop"];
    expect(kinds).toContain(outcome.kind);
  });
});
