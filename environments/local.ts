import { defineEnvironment, secret, variable } from "auth0-otp-delivery";

/** The tenant on this machine that `npm start` brings up; its vendor is the inbox. */
const inbox = variable("OTP_INBOX_URL", "https://localhost:8444");
const clients = [variable("OTP_LOCAL_CLIENT_ID", "local-passwordless-application")];

export default defineEnvironment({
  name: "local",
  domain: variable("OTP_LOCAL_DOMAIN", "localhost:8443"),
  backend: { type: "local", path: variable("OTP_LOCAL_STATE", "state/local.tfstate") },
  email: {
    from: { name: "Example", address: "login@example.com" },
    vendors: [{ vendor: "http", url: `${inbox}/send-email`, apiKey: secret("INBOX_API_KEY") }],
    passwordless: {
      subject: "Your code for {{ application.name }}",
      body: "<p>Your code is <b>{{ code }}</b>. It works for 3 minutes.</p>",
      clients,
    },
  },
  phone: {
    from: "+15005550001",
    methods: ["text", "voice"],
    vendors: [{ vendor: "http", url: `${inbox}/messages`, apiKey: secret("INBOX_API_KEY") }],
    passwordless: { template: "@@password@@ is your code for Example.", clients },
  },
});
