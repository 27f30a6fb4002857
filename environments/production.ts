import { defineEnvironment, secret, variable } from "auth0-otp-delivery";

export default defineEnvironment({
  name: "production",
  promotedFrom: "staging",
  domain: "example.eu.auth0.com",
  // Kept on this machine. A team, and CI, need a shared backend, for example:
  // backend: { type: "s3", bucket: "example-terraform", key: "otp/production", region: "eu-central-1" },
  backend: { type: "local" },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [
      { vendor: "postmark", serverToken: secret("POSTMARK_TOKEN") },
      { vendor: "resend", apiKey: secret("RESEND_API_KEY") },
    ],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "twilio",
        accountSid: variable("TWILIO_ACCOUNT_SID", "AC00000000000000000000000000000000"),
        authToken: secret("TWILIO_AUTH_TOKEN"),
      },
      { vendor: "telnyx", apiKey: secret("TELNYX_API_KEY") },
    ],
    countries: { allow: ["US", "CA", "GB", "DE"] },
  },
});
