import { describe, expect, it } from "vitest";
import type { PhoneMessage } from "../../../../actions/delivery/message.ts";
import {
  settings as spec,
  vendor as whatsappCloud,
} from "../../../../actions/vendors/phone/whatsapp-cloud.ts";
import type { SettingsOf } from "../../../../actions/vendors/settings.ts";
import type { VerdictKind } from "../../../../actions/vendors/vendor.ts";
import type { AnswerRow } from "../answers.ts";
import { allMean, answer, givesVerdicts } from "../answers.ts";
import { german, key, phone } from "../messages.ts";

const send = (message: PhoneMessage, settings: Partial<SettingsOf<typeof spec>> = {}) =>
  whatsappCloud.request({
    message,
    settings: {
      phoneNumberId: "100000000000001",
      template: "verification_code",
      templateLanguages: spec.templateLanguages.default,
      version: spec.version.default,
      ...settings,
    },
    secrets: { accessToken: "t0ken" },
    key,
    now: 0,
    token: "",
  });
const body = async (...input: Parameters<typeof send>) =>
  JSON.parse((await send(...input)).body) as Record<string, unknown>;
const whatsapp = (change: Partial<PhoneMessage> = {}) => phone({ medium: "whatsapp", ...change });

describe("whatsapp-cloud", () => {
  // Source: Meta's documentation of authentication templates, "Send authentication templates".
  it("puts the code in text and button of an authentication template", async () => {
    const { body: json, ...request } = await send(whatsapp());
    expect(request).toEqual({
      method: "POST",
      url: "https://graph.facebook.com/v24.0/100000000000001/messages",
      headers: { "content-type": "application/json", authorization: "Bearer t0ken" },
    });
    const parameters = [{ type: "text", text: "123456" }];
    expect(JSON.parse(json)).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+15005550006",
      type: "template",
      template: {
        name: "verification_code",
        language: { policy: "deterministic", code: "en_US" },
        components: [
          { type: "body", parameters },
          { type: "button", sub_type: "url", index: "0", parameters },
        ],
      },
      biz_opaque_callback_data: key,
    });
  });

  it.each([
    ["de-DE", "de"],
    ["pt-BR", "pt_BR"],
    ["pt", "pt_BR"],
    ["fr", "en_US"],
    [undefined, "en_US"],
  ])("sends locale %s the template in %s", async (locale, code) => {
    const message = whatsapp({ ...german, ...(locale && { locale }) });
    const { to, template } = await body(message, { templateLanguages: "en_US,de,pt_BR" });
    expect(to).toBe(german.to);
    expect(template).toMatchObject({
      language: { code },
      components: [
        { parameters: [{ text: german.code }] },
        { parameters: [{ text: german.code }] },
      ],
    });
  });

  it("goes to the version of the Graph API that the settings name", async () => {
    expect((await send(whatsapp(), { version: "v25.0" })).url).toMatch("/v25.0/");
  });

  it("sends no template with an empty code", () => {
    const { medium, to, text, lifetimeS } = whatsapp();
    const message = { medium, to, text, lifetimeS, messageType: "change_password" };
    expect(() => send(message)).toThrow("expected a message with a code, got change_password");
  });
});

const error = (status: number, code: number | string, details?: string) =>
  answer(status, {
    error: {
      message: "no",
      type: "OAuthException",
      code,
      error_data: { details },
      fbtrace_id: "f",
    },
  });
const rows = (kind: VerdictKind, ...answers: readonly (readonly [number, number])[]) =>
  answers.map(([status, code]): AnswerRow => [
    `a ${String(status)} with ${String(code)}`,
    error(status, code),
    {
      kind,
      code: String(code),
      ...(kind === "recipient_refused" && { otherMedium: true as const }),
    },
  ]);

// Source of the codes:
// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes. Meta's
// statuses do not follow the meaning, e.g. 500 for a missing permission.
givesVerdicts(whatsappCloud, [
  ["accepted", answer(200, { contacts: [{}], messages: [{ id: "wamid.1" }] }), "accepted"],
  ...rows(
    "recipient_refused",
    ...([
      [400, 131026],
      [400, 131021],
      [400, 131051],
      [400, 131056],
      [400, 131049],
      [400, 130472],
    ] as const),
  ),
  [
    "a number that is none",
    error(400, "131009", "Parameter 'to' is not a valid phone number"),
    { kind: "recipient_refused", code: "131009", otherMedium: true },
  ],
  ...rows("destination_refused", [403, 130497]),
  ...rows(
    "account_fault",
    ...([
      [401, 0],
      [500, 3],
      [403, 10],
      [400, 33],
      [400, 100],
      [401, 190],
      [403, 368],
      [403, 131005],
      [400, 131008],
      [400, 131009],
      [400, 131030],
      [403, 131031],
      [400, 131037],
      [400, 131042],
      [500, 131045],
      [400, 131047],
      [400, 131048],
      [400, 132000],
      [404, 132001],
      [400, 132005],
      [400, 132007],
      [400, 132012],
      [400, 132015],
      [400, 132016],
      [400, 133010],
      [400, 139999],
      [403, 299],
    ] as const),
  ),
  ...rows(
    "not_sent",
    ...([
      [400, 1],
      [503, 2],
      [400, 4],
      [400, 80007],
      [429, 130429],
      [500, 131000],
      [500, 131016],
      [500, 131057],
      [503, 133004],
    ] as const),
  ),
  ...allMean("unknown", {
    "a 200 without a message": answer(200, { messages: [] }),
    "an empty 200": answer(200),
    "HTML in a 200": answer(200, "<html>"),
  }),
]);
