/**
 * Does what Auth0's documented sample handler for phones does, faults included: simulations show
 * ours beside it. Whatever is no success is worth a retry, a permanent refusal too, and a call that
 * fails is not caught.
 */
export async function onExecuteCustomPhoneProvider(event: SampleEvent, api: SampleApi) {
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

interface SampleEvent {
  readonly notification: {
    readonly recipient: string;
    readonly from?: string;
    readonly as_text: string;
  };
  readonly secrets: { readonly API_KEY: string };
}

interface SampleApi {
  readonly notification: { retry(reason: string): void };
}
