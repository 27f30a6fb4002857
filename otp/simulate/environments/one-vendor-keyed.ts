import { defineEnvironment, secret } from "auth0-otp-delivery";

/** One vendor per channel that recognises a message by its key. */
export default defineEnvironment({
  name: "one-vendor-keyed",
  domain: "simulation.example.com",
  backend: { type: "local" },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [{ vendor: "resend", apiKey: secret("RESEND_API_KEY") }],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "infobip",
        baseUrl: "https://xyz123.api.infobip.com",
        apiKey: secret("INFOBIP_API_KEY"),
      },
    ],
  },
});
