import { boundedFetch } from "./bounded-fetch.ts";
import type { EmailSampleApi, EmailSampleEvent } from "./custom-email-provider.ts";

/** The documented sample handler for e-mail, with a time-out and a bounded read of the answer. */
export async function onExecuteCustomEmailProvider(event: EmailSampleEvent, api: EmailSampleApi) {
  const { to, from, subject, html, text } = event.notification;
  try {
    const answer = await boundedFetch("https://api.example.com/send-email", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${event.secrets.API_KEY}`,
      },
      body: JSON.stringify({ to, from, subject, html, text }),
    });
    if (answer.status >= 500) api.notification.retry(`vendor answered ${answer.status}`);
  } catch {
    api.notification.drop("vendor could not be called");
  }
}
