// Everything a message holds is put in place as text. The page's policy (trusted types) makes the
// browser refuse anything else.

const byId = (id) => document.getElementById(id);
const list = byId("messages");
const connection = byId("connection");
const channels = { email: "E-mail", phone: "SMS" };
const cards = new Map();
let limit = Infinity;

// Messages

function show(element, text) {
  element.textContent = text ?? "";
  element.hidden = text === undefined || text === "";
}

function card(message) {
  const item = byId("message").content.cloneNode(true).firstElementChild;
  const find = (selector) => item.querySelector(selector);
  find(".badge").textContent = channels[message.channel];
  find(".badge").dataset.channel = message.channel;
  find(".to").textContent = message.to;
  find("time").textContent = timeOf(message.at);
  find("time").dateTime = new Date(message.at).toISOString();
  show(find(".subject"), message.subject);
  show(find(".text"), message.text);
  show(find(".from"), message.from && `From ${message.from}`);
  if (message.code) {
    find(".code").hidden = false;
    find("output").textContent = message.code;
    find(".copy").setAttribute("aria-label", `Copy code ${message.code}`);
    find(".copy").addEventListener("click", () =>
      copy(message.code, find("output"), find(".copy")),
    );
  }
  if (message.hasHtml) prepareHtml(find(".html"), message.id);
  return item;
}

// The frame is made when it is first opened: hundreds of them would slow the page down.
function prepareHtml(details, id) {
  details.hidden = false;
  details.addEventListener(
    "toggle",
    () => {
      const frame = document.createElement("iframe");
      frame.setAttribute("sandbox", "");
      frame.title = "The message as the recipient sees it";
      frame.src = `messages/${id}/html`;
      details.append(frame);
    },
    { once: true },
  );
}

function timeOf(at) {
  const date = new Date(at);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(
    [],
    today ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "medium" },
  );
}

function add(message) {
  const item = card(message);
  cards.set(message.id, item);
  list.prepend(item);
  return item;
}

function settle() {
  while (cards.size > limit) {
    const [oldest] = cards.keys();
    cards.get(oldest).remove();
    cards.delete(oldest);
  }
  byId("empty").hidden = cards.size > 0;
  byId("count").textContent =
    cards.size === 0 ? "" : `${cards.size} ${cards.size === 1 ? "message" : "messages"}`;
}

// After a lost connection the whole list comes again; cards that stay are left alone, so that
// focus and opened messages survive.
function showAll({ messages, limit: kept }) {
  limit = kept;
  const present = new Set(messages.map(({ id }) => id));
  for (const [id, item] of cards) {
    if (present.has(id)) continue;
    item.remove();
    cards.delete(id);
  }
  for (const message of messages.toReversed()) if (!cards.has(message.id)) add(message);
  settle();
}

function showDelivered(message) {
  if (cards.has(message.id)) return;
  add(message).firstElementChild.classList.add("fresh");
  settle();
  const what = message.code
    ? `${channels[message.channel]} with a code`
    : channels[message.channel];
  byId("news").textContent = `${what} arrived for ${message.to}`;
}

async function copy(code, output, button) {
  let done = "Copied";
  try {
    await navigator.clipboard.writeText(code);
  } catch {
    getSelection().selectAllChildren(output);
    done = "Selected: copy it with the keyboard";
  }
  button.textContent = done;
  byId("news").textContent = done;
  setTimeout(() => {
    button.textContent = "Copy code";
  }, 2000);
}

// Connection

function connect() {
  const source = new EventSource("events");
  source.addEventListener("open", () => tell("live", "Live"));
  source.addEventListener("all", ({ data }) => showAll(JSON.parse(data)));
  source.addEventListener("delivered", ({ data }) => showDelivered(JSON.parse(data)));
  source.addEventListener("error", () => {
    tell("lost", "Connection lost, trying again…");
    // The browser tries again by itself, but not after an answer that is no event stream.
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000);
  });
}

function tell(state, words) {
  if (connection.dataset.state === state) return;
  connection.dataset.state = state;
  connection.textContent = words;
}

// Form

const form = byId("request");
const recipient = byId("recipient");
const outcome = byId("outcome");
const submit = form.querySelector("button");
const kinds = {
  email: { label: "E-mail address", type: "email", placeholder: "ada@example.com" },
  sms: { label: "Phone number, with country code", type: "tel", placeholder: "+14155550123" },
};
const typed = { email: "", sms: "" };
let chosen = "email";

function choose() {
  const { channel } = Object.fromEntries(new FormData(form));
  typed[chosen] = recipient.value;
  chosen = channel;
  const { label, type, placeholder } = kinds[channel];
  byId("recipient-label").textContent = label;
  Object.assign(recipient, { type, placeholder, value: typed[channel] });
  say("", "");
}

function say(kind, words) {
  outcome.dataset.kind = kind;
  outcome.textContent = words;
  if (kind === "invalid") recipient.setAttribute("aria-invalid", "true");
  else recipient.removeAttribute("aria-invalid");
}

async function request(event) {
  event.preventDefault();
  if (submit.getAttribute("aria-disabled") === "true") return;
  submit.setAttribute("aria-disabled", "true");
  say("", "");
  try {
    const body = JSON.stringify({ channel: chosen, to: recipient.value });
    const answer = await fetch("request", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    if (answer.ok) say("good", "Requested. It shows up here when it is delivered.");
    else say(answer.status === 400 ? "invalid" : "bad", sentence((await answer.json()).error));
  } catch {
    say("bad", "The inbox does not answer. Is it still running?");
  } finally {
    submit.removeAttribute("aria-disabled");
    if (outcome.dataset.kind === "invalid") recipient.focus();
  }
}

function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

for (const radio of form.elements.channel) radio.addEventListener("change", choose);
form.addEventListener("submit", request);
// A browser may restore the form as it was before a reload.
choose();
connect();
