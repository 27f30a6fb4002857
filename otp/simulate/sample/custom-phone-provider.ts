/**
 * Does what Auth0's documented sample handler for phones does, mistakes included, so that
 * simulations can compare. It calls `retry` for whatever is no success, even a permanent refusal,
 * and does not catch a call that fails.
 */
export async function onExecuteCustomPhoneProvider(event: PhoneSampleEvent, api: PhoneSampleApi) {
  const { recipient, from, as_text: body } = event.notification;
  const answer = await fetch("https://api.example.com/messages", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${event.secrets.API_KEY}`,
    },
    body: JSON.stringify({ to: recipient, from, body }),
  });
  if (!answer.ok) api.notification.retry(`vendor answered ${answer.status}`);
}

export interface PhoneSampleEvent {
  readonly notification: {
    readonly recipient: string;
    readonly from?: string;
    readonly as_text: string;
  };
  readonly secrets: { readonly API_KEY: string };
}

export interface PhoneSampleApi {
  readonly notification: { retry(reason: string): void };
}
