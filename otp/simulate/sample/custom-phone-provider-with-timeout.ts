import { boundedFetch } from "./bounded-fetch.ts";
import type { PhoneSampleApi, PhoneSampleEvent } from "./custom-phone-provider.ts";

/** The documented sample handler for phones, with a time-out and a bounded read of the answer. */
export async function onExecuteCustomPhoneProvider(event: PhoneSampleEvent, api: PhoneSampleApi) {
  const { recipient, from, as_text: body } = event.notification;
  const answer = await boundedFetch("https://api.example.com/messages", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${event.secrets.API_KEY}`,
    },
    body: JSON.stringify({ to: recipient, from, body }),
  });
  if (!answer.ok) api.notification.retry(`vendor answered ${answer.status}`);
}
