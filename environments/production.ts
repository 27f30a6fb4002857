import { defineEnvironment, secret, variable } from "auth0-otp-delivery";

export default defineEnvironment({
  name: "production",
  promotedFrom: "staging",
  domain: variable("PRODUCTION_AUTH0_DOMAIN", "example.eu.auth0.com"),
  // Kept on this machine. For a team, and for CI, name a shared backend: s3, gcs, azurerm, pg, cloud.
  backend: { type: "local" },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [{ vendor: "postmark", serverToken: secret("POSTMARK_TOKEN") }],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "twilio",
        accountSid: variable("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000"),
        authToken: secret("TWILIO_AUTH_TOKEN"),
      },
    ],
    countries: { allow: ["US", "CA", "GB", "DE"] },
  },
});
