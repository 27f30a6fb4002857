import { defineEnvironment, secret } from "auth0-otp-delivery";

/** Two vendors a channel, none of which knows a message again by a key. */
export default defineEnvironment({
  name: "unkeyed",
  domain: "simulation.example.com",
  backend: { type: "local" },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [
      { vendor: "sendgrid", apiKey: secret("SENDGRID_API_KEY") },
      { vendor: "postmark", serverToken: secret("POSTMARK_TOKEN") },
    ],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "twilio",
        accountSid: "AC00000000000000000000000000000000",
        authToken: secret("TWILIO_AUTH_TOKEN"),
      },
      { vendor: "vonage-sms", apiKey: "abcd1234", apiSecret: secret("VONAGE_API_SECRET") },
    ],
  },
});
