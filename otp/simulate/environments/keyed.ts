import { defineEnvironment, secret } from "auth0-otp-delivery";

/** Two vendors a channel, each of which knows a message again by its key. */
export default defineEnvironment({
  name: "keyed",
  domain: "simulation.example.com",
  backend: { type: "local" },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [
      { vendor: "resend", apiKey: secret("RESEND_API_KEY") },
      { vendor: "loops", apiKey: secret("LOOPS_API_KEY"), transactionalId: "cm0000000" },
    ],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "infobip",
        baseUrl: "https://xyz123.api.infobip.com",
        apiKey: secret("INFOBIP_API_KEY"),
      },
      {
        vendor: "azure-sms",
        endpoint: "https://contoso.communication.azure.com",
        accessKey: secret("AZURE_SMS_ACCESS_KEY"),
      },
    ],
  },
});
