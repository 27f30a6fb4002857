import { defineEnvironment, secret } from "auth0-otp-delivery";

/** One vendor per channel, neither of which recognises a message by a key: nobody to fail over to. */
export default defineEnvironment({
  name: "one-vendor",
  domain: "simulation.example.com",
  backend: { type: "local" },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [{ vendor: "sendgrid", apiKey: secret("SENDGRID_API_KEY") }],
  },
  phone: {
    from: "+15005550006",
    vendors: [
      {
        vendor: "twilio",
        accountSid: "AC00000000000000000000000000000000",
        authToken: secret("TWILIO_AUTH_TOKEN"),
      },
    ],
  },
});
