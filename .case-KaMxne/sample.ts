import { defineEnvironment, secret, variable } from "auth0-otp-delivery";
export default defineEnvironment({ name: "sample", domain: "example.eu.auth0.com", backend: { type: "local" },
email: { from: { name: "Acme, Inc. \"O'Neil\" 🎉", address: "login@example.com" }, deadlineMs: 5000, vendors: [ { vendor: "mailgun", apiKey: secret("A"), domain: "mail.example.com" } ] },
});
