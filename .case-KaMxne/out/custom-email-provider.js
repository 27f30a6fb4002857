// Made by `otp build` from the sources in actions/ and the environment's file; edit those.
// otp-delivery: {
// "version": 2,
// "channel": "email",
// "environment": {
//  "name": "sample",
//  "domain": "example.eu.auth0.com",
//  "backend": {
//   "type": "local"
//  },
//  "resend": "next-vendor",
//  "duplicates": "avoid",
//  "protect": true,
//  "email": {
//   "from": {
//    "address": "login@example.com",
//    "name": "Acme, Inc. \"O'Neil\" 🎉"
//   },
//   "vendors": [
//    {
//     "vendor": "resend",
//     "id": "resend",
//     "timeoutMs": 5000,
//     "apiKey": {
//      "secret": "A"
//     }
//    }
//   ],
//   "routes": [],
//   "deadlineMs": 5000,
//   "lifetimeS": 180
//  }
// }
//}

// delivery/email.ts
var import_node_url = require("node:url");

// delivery/event.ts
function object(value, name) {
	const inner = value?.[name];
	return typeof inner === "object" && inner ? inner : {};
}
function messageType(notification) {
	return /^[a-z_]{1,32}$/.exec(text(notification, "message_type"))?.[0] ?? "unknown";
}
function locale(notification) {
	const first = /^[^,;]*/.exec(text(notification, "locale"))?.[0] ?? "";
	const tag = first.trim().replaceAll("_", "-");
	return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : void 0;
}
function text(value, name) {
	const inner = value[name];
	return typeof inner === "string" && inner.trim() ? inner : "";
}

// delivery/marked-code.ts
var placeholder = String.raw`\{\{-?\s*(?:code|password)\b[^{}]*\}\}|@@password@@`;
function markedCode(html) {
	const marked = html.matchAll(/<[a-z][^<>]*\sdata-otp(?:[\s=][^<>]*)?>([\w\s-]{4,40})</gi);
	const codes2 = new Set(Array.from(marked, ([, text2 = ""]) => text2.replace(/[\s-]/g, "")));
	const [code = "", ...others] = codes2;
	return others.length === 0 && /^[a-z0-9]{4,10}$/i.test(code) ? code : void 0;
}

// delivery/route.ts
var stepsFor = ({ steps, weigh }, route, recipient) => route?.vendors?.flatMap((id) => steps.filter((step) => step.id === id)) ?? weigh?.(steps, recipient) ?? steps;

// delivery/plain-text.ts
var entities = {
	amp: "&",
	lt: "<",
	gt: ">",
	quot: '"',
	nbsp: " "
};
function decoded(entity, name) {
	if (!name.startsWith("#")) return entities[name] ?? entity;
	const point = Number(name.replace("#", "").replace(/^x/i, "0x"));
	return point < 1114112 ? String.fromCodePoint(point) : entity;
}
function plainText(html) {
	const pieces = html.split(/<(\/?)(?:style|script|head)\b[^<>]*>/i);
	return pieces.filter((_, index) => index % 2 === 0 && pieces[index - 1] !== "").join("").replace(/[\t\r\n ]+/g, " ").replace(/<a\b[^<>]{0,999}?\bhref="([^"<>]{1,2000})"[^<>]*>([^<>]*)<\/a>/gi, "$2 ($1)").replace(/<(br|\/p|\/div|\/tr|\/li|\/h\d)\b[^<>]*>/gi, "\n").replace(/<[^<>]*>/g, "").replace(/&(#?\w{1,8});/g, decoded).replace(/ ?\n ?/g, "\n").replace(/\n{3,}/g, "\n\n").trim();
}

// delivery/email.ts
var label = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?";
var hostName = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)*(?!(?:\\d+|0x[\\da-f]*)$)${label}$`);
function address(value) {
	const [, local = "", domain = ""] = /^([^\p{C}\s@<>"(),;:\\[\]]{1,64}|"(?:[^\p{C}\p{Zl}\p{Zp}"\\]|\\[ -~]){1,62}")@([\p{L}\p{M}\p{N}_.。．｡\u200c\u200d-]{1,255})$/u.exec(
		value.trim()
	) ?? [];
	const ascii = (0, import_node_url.domainToASCII)(domain);
	if (!hostName.test(ascii)) return "";
	return /^(?!")(?:\.|.*(?:\.\.|\.$))/.test(local) ? `"${local}"@${ascii}` : `${local}@${ascii}`;
}
var oneLine = (said) => said.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
var withoutControls = (said) => said.replace(new RegExp("(?![\\t\\n\\r])\\p{Cc}", "gu"), "");
function oneLineName({ address: address2, name }) {
	return name === void 0 ? { address: address2 } : { address: address2, name: oneLine(name) };
}
var numbers = (said) => said.match(/\b\d{4,10}\b/g) ?? [];
function prepareEmail(event, config) {
	const notification = object(event, "notification");
	const type = messageType(notification);
	const logContext = { type, medium: "email" };
	const to = address(text(notification, "to"));
	const html = withoutControls(text(notification, "html"));
	const plain = withoutControls(text(notification, "text")) || plainText(html);
	const title = oneLine(text(notification, "subject"));
	const expires = type.endsWith("_code");
	const code = expires ? markedCode(html) : void 0;
	const route = config.route?.(event, logContext);
	const routed = stepsFor(config, route, to);
	const steps = routed.filter(
		({ vendor, settings }) => code !== void 0 || !(vendor.needsCode ?? (expires && vendor.sendsCodeAlone?.(settings)))
	);
	const refused = !to ? "the recipient is no e-mail address" : !html && !plain ? "the message is empty" : steps.length ? void 0 : expires && routed.length ? "the template does not mark its code" : "no vendor for this type";
	const from = oneLineName({ ...config.from, ...route?.from });
	const replyTo = route?.replyTo ?? config.replyTo;
	const message = {
		to,
		from,
		replyTo: replyTo && oneLineName(replyTo),
		// Vendors refuse an empty one.
		subject: title.trim() ? title : expires ? "Your verification code" : from.name ?? type,
		html: html || `<pre>${plain.replace(/&/g, "&amp;").replace(/</g, "&lt;")}</pre>`,
		text: plain || title || " ",
		messageType: type,
		code,
		locale: locale(notification)
	};
	return {
		logContext,
		refused,
		steps,
		identity: {
			content: [text(object(event, "tenant"), "id"), to, title, html, plain],
			recipient: to
		},
		hidden: [to, code ?? "", ...numbers(`${title} ${plain}`)],
		expires,
		message: () => message
	};
}

// delivery/circuit-breaker.ts
var newCircuit = () => ({
	...{ successes: 0, failures: 0, changedAt: 0 },
	...{ openUntil: 0, openings: 0, downSince: 0, blamed: "" }
});
var halfLifeMs = 6e4;
var windowCalls = 20;
var openRate = 0.25;
var downRate = 0.5;
var downFailures = 2.9;
var unwellFailures = 0.35;
var firstRestMs = 6e4;
var mostOpenings = 4;
var mostRetryAfterMs = 12e4;
var weights = {
	silent: 2,
	unknown: 1,
	account_fault: 2,
	not_sent: 1
};
var isOpen = ({ openUntil }, now) => openUntil > now;
var needsProbe = ({ openUntil }, now) => openUntil > 0 && openUntil <= now;
function isUnwell(circuit, now) {
	return circuit.failures * 0.5 ** ((now - circuit.changedAt) / halfLifeMs) > unwellFailures;
}
function isDown({ successes, failures, downSince }) {
	return downSince > 0 && failures >= downFailures && failures / (successes + failures) >= downRate;
}
function noteResult(circuit, event, {
	now,
	recipient,
	random,
	retryAfterMs = 0
}) {
	const answered = event === "accepted" || event === "recipient_refused";
	if (answered || event === "destination_refused") {
		if (needsProbe(circuit, now)) Object.assign(circuit, { failures: 0.4, successes: 2 });
		if (answered || circuit.openUntil) Object.assign(circuit, { openUntil: 0, downSince: 0 });
	}
	const weight = weights[event] ?? 0;
	if (event !== "not_sent" && weight) {
		if (circuit.blamed.split(",").includes(recipient)) return;
		circuit.blamed = [recipient, ...circuit.blamed.split(",")].slice(0, 3).join(",");
	}
	if (answered) circuit.blamed = "";
	const left = 0.5 ** (Math.max(0, now - circuit.changedAt) / halfLifeMs);
	circuit.successes = circuit.successes * left + Number(answered);
	circuit.failures = circuit.failures * left + weight;
	const all = circuit.successes + circuit.failures;
	const scale = Math.min(1, windowCalls / all) || 0;
	circuit.successes *= scale;
	circuit.failures *= scale;
	if (weight) {
		circuit.downSince ||= now;
		if (circuit.failures / all >= openRate && !isOpen(circuit, now)) open(circuit, now, random);
		if (retryAfterMs > 0)
			circuit.openUntil = Math.max(
				circuit.openUntil,
				now + Math.min(retryAfterMs, mostRetryAfterMs)
			);
	} else if (now - circuit.changedAt > 8 * firstRestMs) circuit.openings = 0;
	circuit.changedAt = now;
}
function open(circuit, now, random) {
	circuit.openings = Math.min(mostOpenings, circuit.openings + 1);
	const rest = firstRestMs * 2 ** (circuit.openings - 1);
	circuit.openUntil = now + Math.round(rest * (0.85 + 0.3 * random));
}

// delivery/http.ts
var bodyLimit = 64 * 1024;
function ambiguous({ error = "" }) {
	return /^(timeout|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(error);
}
async function read(response) {
	const decoder = new TextDecoder();
	let body = "";
	for await (const chunk of response.body ?? []) {
		body += decoder.decode(chunk, { stream: true });
		if (body.length >= bodyLimit) break;
	}
	let json;
	try {
		json = JSON.parse(body);
	} catch {
	}
	return { status: response.status, headers: Object.fromEntries(response.headers), body, json };
}
var unsendable = /[^\t\x20-\x7e\x80-\xff]/;
async function httpCall(io, { url, ...request }, limitMs, abort = new AbortController()) {
	if (Object.values(request.headers).some((value) => unsendable.test(value)))
		return { error: "header" };
	const { signal } = abort;
	let timer;
	const late = new Promise((resolve) => {
		timer = io.setTimeout(() => {
			resolve({ error: "timeout" });
			abort.abort();
		}, limitMs);
	});
	const call = async () => {
		try {
			return await read(await io.fetch(url, { ...request, redirect: "manual", signal }));
		} catch (thrown) {
			const { cause } = thrown;
			return { error: signal.aborted ? "timeout" : cause?.code ?? "network" };
		}
	};
	const answer = await Promise.race([call(), late]);
	io.clearTimeout(timer);
	return answer;
}

// delivery/call-vendor.ts
var mostLifetimeS = 36e3;
var adapterError = (request) => ({
	answer: { error: "adapter_error" },
	// Once the request is out, the message may be too.
	verdict: { kind: request ? "unknown" : "not_sent" },
	adapterError: true
});
var accountFault = (answer) => ({
	answer,
	verdict: { kind: "account_fault" }
});
async function callVendor(io, { config, key, message, secrets: all, expires, tokens }, step, { firstSeen, limitMs, abort, onRequest }) {
	const { vendor, settings } = step;
	const began = io.now();
	const left = () => limitMs - (io.now() - began);
	let requested = false;
	const attempt = async (fresh) => {
		const now = io.now();
		const secrets = step.secrets(all);
		if (Object.values(secrets).some((value) => typeof value !== "string" || !value))
			return accountFault({ error: "secret" });
		const remainingS = Math.ceil((firstSeen + config.lifetimeMs - now) / 1e3);
		const lifetimeS = expires ? Math.min(mostLifetimeS, Math.max(1, remainingS)) : mostLifetimeS;
		const options = { secrets, tokens, fresh, limitMs: left(), abort };
		const granted = await config.fetchToken?.(io, step, options);
		if (granted && "verdict" in granted) return granted;
		const token = granted?.token ?? "";
		const made = {
			message: message(step, lifetimeS),
			settings,
			secrets,
			key,
			now,
			firstSeen,
			token
		};
		const request = await vendor.request(made);
		onRequest();
		requested = true;
		const answer = await httpCall(io, request, left(), abort);
		if (answer.error === "header") return accountFault(answer);
		if (answer.error !== void 0)
			return { answer, verdict: { kind: ambiguous(answer) ? "unknown" : "not_sent" } };
		if (answer.status === 401 && granted?.kept) return attempt(true);
		const verdict = vendor.verdict(answer);
		return { answer, verdict };
	};
	try {
		return await attempt(false);
	} catch {
		return adapterError(requested);
	}
}

// delivery/decide.ts
var minAttemptMs = 800;
var change = (state, which, to) => ({
	...state,
	steps: state.steps.map((step, index) => which(step, index) ? { ...step, ...to } : step)
});
function apply(state, outcome) {
	const { kind, now, pauseMs } = outcome;
	const asked = state.steps[outcome.step];
	const itself = (_, index) => index === outcome.step;
	const done = change(state, itself, { askedAt: void 0, notBefore: now + pauseMs });
	switch (kind) {
		case "accepted":
			return { ...done, ended: "accepted" };
		case "recipient_refused":
			if (!outcome.otherMedium) return { ...done, ended: "rejected" };
			return change(done, ({ medium, closed }) => medium === asked?.medium && closed === "no", {
				closed: "medium"
			});
		case "destination_refused":
		case "account_fault":
		case "adapter_error":
			return change(done, itself, { closed: "fault" });
		case "not_sent":
			return done;
		case "unknown":
			if (asked?.idempotent && asked.calls === 1)
				return change(done, itself, { unknown: true, notBefore: -Infinity });
			return change(done, itself, { unknown: true });
	}
}
function decide(state, now, effort) {
	const { steps, deadline, ended } = state;
	if (ended) return { what: "end", outcome: ended };
	const open2 = steps.map((step, index) => ({ ...step, index })).filter((one) => one.closed === "no");
	const onTheWay = open2.filter((one) => one.askedAt !== void 0);
	if (!open2.length) {
		const refused = steps.every(({ closed }) => closed === "medium");
		return { what: "end", outcome: refused ? "rejected" : "failed" };
	}
	const patient = onTheWay.map((one) => (one.askedAt ?? 0) + one.patienceMs);
	const silentFrom = Math.min(deadline, Math.max(0, ...patient));
	if (now < silentFrom) return { what: "wait", until: silentFrom };
	const calls = steps.reduce((all, one) => all + one.calls, 0);
	const due = (one) => one.calls && one.notBefore > -Infinity ? Math.max(one.notBefore, effort.holdUntil) : one.notBefore;
	const certain = open2.filter(
		(one) => one.askedAt === void 0 && one.calls < effort.callsEach && (!one.unknown || one.notBefore === -Infinity)
	);
	const left = certain.length || onTheWay.length ? certain : open2.filter((one) => one.calls < effort.callsEach);
	const [next] = left.sort((one, other) => due(one) - due(other));
	const at = next ? Math.max(now, due(next)) : Infinity;
	if (calls < effort.calls && next && at + minAttemptMs <= deadline)
		return at > now ? { what: "wait", until: at } : { what: "call", step: next.index };
	if (onTheWay.length && now < deadline) return { what: "wait", until: deadline };
	return { what: "end", outcome: "failed" };
}

// delivery/report.ts
var digitsOf = (value) => value.replace(/\D/g, "");
var lettersOf = (value) => value.replace(/[\W_]/g, "").toLowerCase();
function quotes(code, hidden) {
	return [digitsOf, lettersOf].some((plain) => {
		const said = plain(code);
		const secret = plain(hidden);
		const parts = [said, ...code.split(/(\d+)/).map(plain)].filter(({ length }) => length > 3);
		return parts.some((part) => secret.includes(part)) || secret.length > 3 && said.includes(secret);
	});
}
function plainCode(code = "", hidden) {
	const plain = /^(?!.*\d{8})\w[\w.:-]{0,39}$/.test(code) && digitsOf(code).length < 8;
	return plain && !hidden.some((one) => quotes(code, one)) ? code.slice(0, 24) : void 0;
}
function logLine(report) {
	const { config } = report;
	const line = JSON.stringify({ ...report, config: config?.join() });
	return line.length < 256 ? line : JSON.stringify({ ...report, config: config?.length });
}
function reason({ otp, why, vendor, status, code, attempts, ms, config }) {
	const cause = why ?? [vendor, status, code].filter(Boolean).join(" ");
	const told = config ? `; check the configuration of ${config.join(", ")}` : "";
	return `${otp}: ${cause}; ${attempts} attempts in ${ms} ms${told}`.slice(0, 199);
}

// auth0.ts
var concurrencyLimit = 250;
var retryPausesMs = [15e3, 3e4, 6e4, 12e4, 24e4];

// delivery/saturation.ts
var mostWaiting = 0.22 * concurrencyLimit;
var mostWaitingLast = 0.4 * concurrencyLimit;
var mostWaitingEarly = 0.7 * concurrencyLimit;
var earlyMs = 18e3;
var lastCallMs = 1900;
var usual = { calls: 8, callsEach: 4, holdUntil: 0 };
var brief = (steps) => ({
	calls: Math.min(2, steps),
	callsEach: 1,
	holdUntil: 0
});
function executionOf(ageMs) {
	let at = 0;
	let count = 0;
	for (const pause of retryPausesMs) {
		at += pause;
		if (ageMs < at) return count;
		count++;
	}
	return count;
}
function effortOf(load, began) {
	const { now, deadline, seen, allDownSince, executions, steps, share, random } = load;
	if (allDownSince === void 0) return usual;
	const execution = executionOf(began - seen);
	const last = execution === 3;
	const turn = [0, 1, 3][Math.floor(share * 3)] === execution;
	const early = seen - allDownSince < earlyMs && turn;
	const most = early ? mostWaitingEarly : last ? mostWaitingLast : mostWaiting;
	if (executions > most) return brief(steps);
	const latest = deadline - lastCallMs;
	const holdUntil = early || last ? latest : Math.min(latest, began + 4e3 + 11e3 * random);
	return {
		...brief(steps),
		calls: Math.min(2, steps) + 1,
		callsEach: 2,
		holdUntil: now > latest ? 0 : holdUntil
	};
}

// delivery/sent-messages.ts
var keptMs = 12 * 6e4;
var mostKept = 5e3;
var waitingBytes = 4e3;
var unitMs = 1e3;
var wordBytes = 40;
var mostWords = 60;
var messageDigits = 4;
var base = 36;
var SentMessages = class {
	#delivered = /* @__PURE__ */ new Map();
	/** The newest code of each recipient. */
	#newest = /* @__PURE__ */ new Map();
	#waiting = /* @__PURE__ */ new Map();
	#words = [];
	delivered(message) {
		return this.#delivered.get(message);
	}
	/** The newest code that a recipient was sent. */
	newest(recipient) {
		return recipient ? this.#newest.get(recipient) : void 0;
	}
	waiting(message) {
		return this.#waiting.get(message.slice(0, messageDigits));
	}
	noteDelivered(one) {
		this.#waiting.delete(one.message.slice(0, messageDigits));
		keep(this.#delivered, one.message, one);
		this.#words.push(wordOf(one));
		if (this.#words.length > 2 * mostWords) this.#words = this.#words.slice(-mostWords);
		const { recipient } = one;
		if (recipient && one.seen >= (this.#newest.get(recipient)?.seen ?? 0))
			keep(this.#newest, recipient, one);
	}
	noteWaiting(message, one) {
		keep(this.#waiting, message.slice(0, messageDigits), one);
	}
	/** The newest deliveries, a word each, in so many bytes. */
	deliveredText(bytes) {
		const count = Math.max(0, Math.floor(bytes / wordBytes));
		return count ? this.#words.slice(-count).join(" ") : "";
	}
	mergeDelivered(text2, now) {
		for (const word of text2 ? text2.split(" ") : []) {
			const [message = "", recipient = "", seen = "", took = "", transaction = "", step = ""] = word.split(":");
			const since = parseInt(seen, base);
			const at = since + parseInt(took, base);
			if (at <= now && at > (this.#delivered.get(message)?.at ?? 0))
				this.noteDelivered({
					message,
					recipient,
					seen: since,
					at,
					transaction,
					step: Number(step)
				});
		}
	}
	/** The waiting messages, the newest first where not all fit, by when they were seen first. */
	waitingText(now) {
		const groups = /* @__PURE__ */ new Map();
		let bytes = 0;
		for (const [message, { seen, unknown }] of [...this.#waiting].reverse()) {
			if (now - seen > keptMs) continue;
			const group = `${Math.floor(seen / unitMs).toString(base)}.${unknown.join("")}:`;
			const known = groups.get(group);
			bytes += message.length + (known === void 0 ? group.length + 1 : 0);
			if (bytes > waitingBytes) break;
			groups.set(group, (known ?? "") + message);
		}
		return [...groups].map(([group, messages]) => group + messages).join(" ");
	}
	mergeWaiting(text2, now) {
		for (const word of text2.split(" ")) {
			const [, time = "", places = "", messages = ""] = /^(\w+)\.(\d*):(.*)$/.exec(word) ?? [];
			const seen = parseInt(time, base) * unitMs;
			if (!(now - seen < keptMs)) continue;
			const one = { seen, unknown: places.split("").map(Number) };
			for (const message of messages.match(/.{4}/g) ?? [])
				if (!this.#waiting.has(message)) keep(this.#waiting, message, one);
		}
	}
};
var wordOf = ({ message, recipient, seen, at, transaction, step }) => `${message}:${recipient}:${seen.toString(base)}:${(at - seen).toString(base)}:${transaction}:${step}`;
function keep(map, key, value) {
	map.delete(key);
	map.set(key, value);
	if (map.size > mostKept) for (const oldest of map.keys()) return void map.delete(oldest);
}

// delivery/deliver.ts
var patienceMs = { avoid: 4500, tolerate: 2e3, unwell: 1800, probe: 1250 };
var fallbackReserveMs = 2e3;
var silent = { calls: 5, ms: 1e3 };
var silentStranger = { calls: 2, ms: 700 };
var probeMs = 5e3;
var lookMs = 700;
function retryAfter({ headers }, now) {
	const value = headers?.["retry-after"] ?? "0";
	return Math.max(0, Number(value) * 1e3 || Date.parse(value) - now || 0);
}
function ordered({ memory, job, now }) {
	const { config, recipient, id } = job;
	let placed = job.steps.map((step) => ({ step, place: config.steps.indexOf(step) }));
	const last = memory.messages.newest(recipient);
	if (config.resend !== "same" && last && last.message !== id && now - last.at < config.lifetimeMs) {
		const at = placed.findIndex(({ place }) => place === last.step);
		placed = [...placed.slice(at + 1), ...placed.slice(0, at + 1)];
		const vendor = config.steps[last.step]?.id;
		placed.sort((a, b) => Number(a.step.id === vendor) - Number(b.step.id === vendor));
	}
	const skipped = ({ step: { id: vendor } }) => {
		const circuit = memory.circuit(vendor);
		const calls = memory.calls(vendor);
		return isOpen(circuit, now) || needsProbe(circuit, now) && now - calls.probedAt < probeMs || hangs(memory, vendor, now);
	};
	return placed.map((one) => ({ one, skip: skipped(one) ? 1 + memory.circuit(one.step.id).openUntil : 0 })).sort((a, b) => a.skip - b.skip).map(({ one }) => one);
}
function hangs(memory, vendor, now) {
	const { silentSince, unanswered } = memory.calls(vendor);
	const ms = silentSince ? now - silentSince : 0;
	const stranger = memory.circuit(vendor).successes < 1;
	const limits = [silent, { calls: 2, ms: 2400 }, ...stranger ? [silentStranger] : []];
	return limits.some((limit) => unanswered >= limit.calls && ms > limit.ms);
}
function leave(calls) {
	calls.unanswered = Math.max(0, calls.unanswered - 1);
	if (!calls.unanswered) calls.silentSince = 0;
}
async function deliver(io, memory, job, report) {
	const { config, began, firstSeen, id, recipient } = job;
	const { messages } = memory;
	const dies = job.expires ? firstSeen + config.lifetimeMs : Infinity;
	if (began >= dies) return "expired";
	const hidden = [...job.hidden, ...Object.values(job.secrets)].filter(Boolean);
	const before = messages.waiting(id)?.unknown ?? [];
	const deadline = Math.min(began + config.deadlineMs, dies);
	const placed = ordered({ io, memory, job, now: io.now() });
	const drawn = io.random();
	const calls = /* @__PURE__ */ new Map();
	const silences = /* @__PURE__ */ new Set();
	const results = [];
	let wake = () => void 0;
	let state = {
		deadline,
		steps: placed.map(({ step, place }, index) => ({
			medium: step.medium,
			idempotent: step.vendor.idempotent,
			patienceMs: step.timeoutMs,
			calls: 0,
			unknown: before.includes(place) && !step.vendor.idempotent,
			closed: "no",
			notBefore: index
		}))
	};
	const update = (index, to) => {
		const steps = state.steps.map((step, other) => other === index ? { ...step, ...to } : step);
		state = { ...state, steps };
	};
	const count = (vendor, event, retryAfterMs = 0) => {
		const about = { now: io.now(), recipient: id.slice(0, 4), random: io.random(), retryAfterMs };
		noteResult(memory.circuit(vendor), event, about);
	};
	const ask = (index) => {
		const { step } = placed[index];
		const now = io.now();
		const circuit = memory.circuit(step.id);
		const inFlight = memory.calls(step.id);
		const probe = needsProbe(circuit, now) || isOpen(circuit, now);
		if (probe) inFlight.probedAt = now;
		if (!inFlight.unanswered++) inFlight.silentSince = now;
		const waiting = state.steps.filter((one) => !one.calls && one.closed === "no").length - 1;
		const patience = Math.min(
			step.timeoutMs,
			patienceMs[config.duplicates ?? "avoid"],
			probe ? patienceMs.probe : isUnwell(circuit, now) ? patienceMs.unwell : Infinity,
			Math.max(patienceMs.probe, deadline - now - fallbackReserveMs * waiting)
		);
		update(index, {
			askedAt: now,
			patienceMs: patience,
			calls: (state.steps[index]?.calls ?? 0) + 1
		});
		const abort = new AbortController();
		calls.set(index, abort);
		const limitMs = deadline - now;
		const onRequest = () => void report.attempts++;
		void callVendor(io, job, step, { firstSeen, limitMs, abort, onRequest }).then((result) => {
			if (calls.get(index) !== abort) return;
			calls.delete(index);
			results.push({ index, result, at: now });
			wake();
		});
	};
	const hear = (index, { answer, verdict, adapterError: adapterError2 }) => {
		const { step } = placed[index];
		const now = io.now();
		const inFlight = memory.calls(step.id);
		if (answer.error === "timeout") leave(inFlight);
		else Object.assign(inFlight, { unanswered: 0, silentSince: 0 });
		const { kind, otherMedium } = verdict;
		const wanted = kind === "not_sent" ? retryAfter(answer, now) : 0;
		if (!silences.has(index)) count(step.id, answer.error === "timeout" ? "silent" : kind, wanted);
		else if (kind === "accepted") memory.circuit(step.id).downSince = 0;
		Object.assign(report, { vendor: step.id, status: answer.error ?? answer.status });
		report.code = plainCode(verdict.code, hidden);
		if (kind === "account_fault" || kind === "destination_refused")
			report.config = [.../* @__PURE__ */ new Set([...report.config ?? [], step.id])];
		const { calls: made = 1 } = state.steps[index] ?? {};
		const pause = Math.min(4e3, 125 * 2 ** made) * (0.5 + io.random() / 2);
		state = apply(state, {
			step: index,
			kind: adapterError2 ? "adapter_error" : kind,
			otherMedium,
			now,
			pauseMs: Math.max(pause, wanted)
		});
		if (adapterError2 && kind === "unknown") update(index, { unknown: true });
		if (kind === "accepted")
			messages.noteDelivered({
				message: id,
				recipient,
				seen: firstSeen,
				at: now,
				transaction: job.transaction,
				step: placed[index]?.place ?? 0
			});
	};
	const allDownSince = () => {
		const circuits = placed.map(({ step }) => memory.circuit(step.id));
		return circuits.every(isDown) ? Math.max(...circuits.map((one) => one.downSince)) : void 0;
	};
	const countSilence = (now) => {
		state.steps.forEach(({ askedAt = now, patienceMs: patience }, index) => {
			if (now - askedAt < patience || silences.has(index) || !calls.has(index)) return;
			silences.add(index);
			count(placed[index]?.step.id ?? "", "silent");
		});
	};
	try {
		for (; ; ) {
			for (let one = results.shift(); one; one = results.shift()) hear(one.index, one.result);
			const now = io.now();
			countSilence(now);
			const newest = messages.newest(recipient);
			if (newest && newest.seen >= firstSeen + unitMs && !state.ended) return "superseded";
			const load = {
				...{ now, deadline, seen: firstSeen, allDownSince: allDownSince() },
				...{ executions: memory.executions(now), steps: placed.length },
				...{ share: (parseInt(job.key.slice(0, 6), 16) || 0) / 16777216, random: drawn }
			};
			const decision = decide(state, now, effortOf(load, began));
			if (decision.what === "end") {
				const [unanswered] = calls.keys();
				if (decision.outcome === "failed" && unanswered !== void 0)
					Object.assign(report, { vendor: placed[unanswered]?.step.id, status: "timeout" });
				if (decision.outcome === "failed" && report.vendor === void 0)
					report.why = "no time was left for a call";
				return decision.outcome;
			}
			if (decision.what === "call") {
				ask(decision.step);
				continue;
			}
			const look = calls.size ? patienceMs.probe : load.allDownSince === void 0 ? Infinity : lookMs;
			const pause = Math.min(decision.until - now, look);
			await new Promise((resolve) => {
				const timer = io.setTimeout(resolve, pause);
				wake = () => {
					io.clearTimeout(timer);
					resolve();
				};
				if (results.length) wake();
			});
			if (calls.size) hurry();
		}
	} finally {
		for (const [index, abort] of calls) {
			calls.delete(index);
			leave(memory.calls(placed[index]?.step.id ?? ""));
			abort.abort();
		}
		if (!state.ended) {
			const unknown = state.steps.flatMap(
				(step, index) => step.unknown || step.askedAt !== void 0 ? [placed[index]?.place ?? 0] : []
			);
			messages.noteWaiting(id, { seen: firstSeen, unknown: unknown.filter((one) => one < 10) });
		}
	}
	function hurry() {
		const now = io.now();
		for (const index of calls.keys())
			if (hangs(memory, placed[index]?.step.id ?? "", now))
				update(index, { patienceMs: patienceMs.probe });
	}
}

// delivery/identity.ts
var sameForMs = 25e3;
var periodMs = 15 * 6e4;
function identify(digests, memory, { content, recipient, transaction }, expires, now) {
	const id = digests.short(expires ? content : [...content, transaction]);
	const named = transaction && digests.short([transaction], 4);
	const before = memory.messages.delivered(id);
	const waiting = memory.messages.waiting(id);
	const again = waiting && !(before && before.at >= waiting.seen) ? waiting : void 0;
	const firstSeen = again?.seen ?? now;
	const sameTransaction = named && before?.transaction === named;
	const otherTransaction = named && before?.transaction && !sameTransaction;
	const repeated = before !== void 0 && !again && !otherTransaction && (sameTransaction || now - before.at < sameForMs);
	const later = before && !repeated ? Math.floor(firstSeen / unitMs) : "";
	const period = expires || transaction ? "" : Math.floor(firstSeen / periodMs);
	return {
		key: digests.key([...content, expires ? "" : transaction, period, later]),
		id,
		recipient: expires ? digests.short([recipient], 6) : "",
		transaction: named,
		firstSeen,
		repeated
	};
}

// delivery/key.ts
var import_node_crypto = require("node:crypto");
var digestLength = 8;
function digestsOf(secrets) {
	const key = JSON.stringify(Object.entries(secrets).sort());
	const digest = (parts, form) => (0, import_node_crypto.createHmac)("sha256", key).update(JSON.stringify(parts)).digest(form);
	return {
		key: (parts) => digest(parts, "hex").slice(0, 32),
		short: (parts, length = digestLength) => digest(parts, "base64url").slice(0, length)
	};
}

// delivery/io.ts
var cacheLimitMs = 200;
async function bounded(io, operation) {
	let timer;
	try {
		const result = operation();
		if (typeof result !== "object" || !result || !("then" in result)) return result;
		const late = new Promise((resolve) => {
			timer = io.setTimeout(() => {
				resolve(void 0);
			}, cacheLimitMs);
		});
		return await Promise.race([result, late]);
	} catch {
		return void 0;
	} finally {
		if (timer !== void 0) io.clearTimeout(timer);
	}
}
async function readCache(io, key) {
	const entry = await bounded(io, () => io.cache.get(key));
	return typeof entry?.value === "string" ? entry.value : "";
}
async function writeCache(io, key, value, ttl) {
	await bounded(io, () => io.cache.set(key, value, { ttl }));
}

// delivery/memory.ts
var keptMs2 = 60 * 6e4;
var memoryBytes = 2100;
var countedMs = 1e4;
var cacheRestMs = 3e4;
var hundredths = (value) => Math.round(value * 100) / 100;
var pack = ({ successes, failures, ...circuit }) => [
	hundredths(successes),
	hundredths(failures),
	circuit.changedAt,
	circuit.openUntil,
	circuit.openings,
	circuit.downSince,
	circuit.blamed
];
function unpack(numbers2) {
	const [successes, failures, changedAt, openUntil, openings, downSince, blamed] = numbers2;
	return { successes, failures, changedAt, openUntil, openings, downSince, blamed };
}
var Memory = class {
	messages = new SentMessages();
	inFlight = /* @__PURE__ */ new Map();
	tokens = /* @__PURE__ */ new Map();
	/** Executions of this container that run now. */
	running = 0;
	#circuits = /* @__PURE__ */ new Map();
	#containers = {};
	#name = "";
	#read = { memory: "", waiting: "" };
	#cacheRestsUntil = 0;
	/** Learns what other containers know: one read, both entries at once. */
	async read(io) {
		const now = io.now();
		this.#name ||= Math.floor(io.random() * 1e6).toString(36);
		if (now < this.#cacheRestsUntil) return;
		const [memory, waiting] = await Promise.all([
			readCache(io, "memory"),
			readCache(io, "waiting")
		]);
		this.#restIfSlow(io, now);
		if (memory && memory !== this.#read.memory) this.#merge(memory, io.now());
		if (waiting && waiting !== this.#read.waiting) this.messages.mergeWaiting(waiting, io.now());
		this.#read = { memory, waiting };
	}
	/** Tells other containers: one write. */
	async write(io, failed) {
		const now = io.now();
		if (now < this.#cacheRestsUntil) return;
		this.#containers[this.#name] = [this.running - 1, now];
		const stored = {
			v: Object.fromEntries([...this.#circuits].map(([id, circuit]) => [id, pack(circuit)])),
			c: this.#containers
		};
		const room = memoryBytes - JSON.stringify(stored).length;
		const memory = JSON.stringify({ ...stored, d: this.messages.deliveredText(room) });
		const writes = [writeCache(io, "memory", memory, keptMs2)];
		if (failed) writes.push(writeCache(io, "waiting", this.messages.waitingText(now), keptMs2));
		await Promise.all(writes);
		this.#restIfSlow(io, now);
	}
	/** Executions that run now, as far as is known. */
	executions(now) {
		let all = this.running;
		for (const [name, [running, at]] of Object.entries(this.#containers))
			if (name !== this.#name && now - at < countedMs) all += running;
		return all;
	}
	circuit(vendor) {
		let circuit = this.#circuits.get(vendor);
		if (!circuit) this.#circuits.set(vendor, circuit = newCircuit());
		return circuit;
	}
	calls(vendor) {
		let calls = this.inFlight.get(vendor);
		if (!calls) this.inFlight.set(vendor, calls = { silentSince: 0, unanswered: 0, probedAt: 0 });
		return calls;
	}
	#merge(text2, now) {
		let stored;
		try {
			stored = JSON.parse(text2);
			for (const [id, theirs] of Object.entries(stored.v ?? {}))
				if (theirs[2] > this.circuit(id).changedAt && theirs[2] <= now)
					this.#circuits.set(id, unpack(theirs));
			for (const [name, theirs] of Object.entries(stored.c ?? {}))
				if (now - theirs[1] < countedMs && theirs[1] > (this.#containers[name]?.[1] ?? 0))
					this.#containers[name] = theirs;
			for (const [name, [, at]] of Object.entries(this.#containers))
				if (now - at >= countedMs) Reflect.deleteProperty(this.#containers, name);
			this.messages.mergeDelivered(stored.d ?? "", now);
		} catch {
		}
	}
	#restIfSlow(io, began) {
		if (io.now() - began >= 190) this.#cacheRestsUntil = io.now() + cacheRestMs;
	}
};

// delivery/execute.ts
var graceMs = 300;
function handlerOf(config, prepare) {
	const memory = new Memory();
	return (event, api) => execute(event, api, { config, prepare, memory });
}
async function execute(event, { notification, cache }, { config, prepare, memory }) {
	const { now } = Date;
	const io = { fetch, cache, now, setTimeout, clearTimeout, random: Math.random };
	const began = now();
	const report = { otp: "failed", type: "unknown", medium: "unknown", attempts: 0, ms: 0 };
	let timer;
	const work = async () => {
		const reading = memory.read(io);
		const { logContext, refused, identity, ...delivery } = prepare(event, config);
		Object.assign(report, logContext, refused && { otp: "rejected", why: refused });
		if (refused) return;
		const secrets = object(event, "secrets");
		const digests = digestsOf(secrets);
		const transaction = text(object(event, "transaction"), "correlation_id");
		await reading;
		const { repeated, ...known } = identify(
			digests,
			memory,
			{ ...identity, transaction },
			delivery.expires,
			now()
		);
		if (repeated) {
			report.otp = "repeated";
			return;
		}
		const { tokens } = memory;
		const job = { ...delivery, ...known, config, secrets, tokens, began };
		report.otp = await deliver(io, memory, job, report);
	};
	const late = new Promise((_, reject) => {
		timer = io.setTimeout(() => {
			reject(new Error("late"));
		}, config.deadlineMs + graceMs);
	});
	memory.running++;
	await Promise.race([work(), late]).catch(() => {
		report.why = "the handler failed";
	});
	io.clearTimeout(timer);
	report.ms = now() - began;
	const { otp } = report;
	if (otp === "failed") notification.retry(reason(report));
	if (otp === "rejected" || otp === "expired" || otp === "superseded")
		notification.drop(reason(report));
	console.log(logLine(report));
	await memory.write(io, otp === "failed");
	memory.running--;
}

// custom-email-provider.ts
function customEmailProvider(config) {
	return handlerOf(config, prepareEmail);
}

// vendors/verdict.ts
function field(json, ...path) {
	let value = json;
	for (const key of path) {
		if (typeof value !== "object" || value === null) return void 0;
		value = value[key];
	}
	return value;
}
function codeText(value) {
	return typeof value === "string" || typeof value === "number" ? String(value) : void 0;
}
var kinds = [
	"recipient_refused",
	"destination_refused",
	"account_fault",
	"not_sent",
	"unknown"
];
function byCode(table, value) {
	const code = codeText(value);
	const same = code?.toLowerCase();
	const kind = kinds.find(
		(one) => table[one]?.some((known) => String(known).toLowerCase() === same)
	);
	return kind && { kind, code };
}
function withoutAddresses(text2) {
	return (codeText(text2) ?? "").replace(/[^\s"'`<>]+@[^\s"'`<>]*/g, "");
}
function recipientVerdict(text2, code) {
	const own = new RegExp("(?![a-z])\\p{L}|\\bascii\\b|unicode|smtputf8|control or whitespace", "iu");
	const kind = own.test(codeText(text2) ?? "") ? "destination_refused" : "recipient_refused";
	return { kind, code: codeText(code) };
}
function byText({ status }, blames, text2, code) {
	return blames && (status === 400 || status === 422) ? recipientVerdict(text2, code) : void 0;
}
function byStatus({ status }, good, code) {
	const verdict = (kind) => ({ kind, code: codeText(code) });
	if (status >= 200 && status < 300) return verdict(good ? "accepted" : "unknown");
	if (status === 504) return verdict("unknown");
	if (status >= 500 || [408, 425, 429].includes(status)) return verdict("not_sent");
	return verdict("account_fault");
}

// vendors/parameter.ts
function namesParameter(text2, ...parameters) {
	if (typeof text2 !== "string") return false;
	const before = "(?:^|[\"'`/.[(]|: ?|\\b(?:the|an?|for|invalid|missing|illegal|field|param(?:eter)?s?) )";
	const after = "(?:$|[\"'`/.[\\]):,]| (?:is|was|must|should|has|param(?:eter)?|field|phone|number|address|value|format)\\b)";
	return new RegExp(`${before}(?:${parameters.join("|")})${after}`, "i").test(text2.slice(0, 2e3));
}

// vendors/request.ts
function jsonPost(url, headers, body) {
	return {
		method: "POST",
		url,
		headers: { "content-type": "application/json", ...headers },
		body: JSON.stringify(body)
	};
}
function mailbox({ address: address2, name }) {
	if (!name) return address2;
	const plain = /^[^()<>[\]:;@\\,."]*$/.test(name);
	return `${plain ? name : `"${name.replace(/["\\]/g, "\\$&")}"`} <${address2}>`;
}

// vendors/email/resend.ts
var codes = {
	account_fault: ["daily_quota_exceeded", "monthly_quota_exceeded"],
	not_sent: [
		"concurrent_idempotent_requests",
		"rate_limit_exceeded",
		"application_error",
		"internal_server_error"
	]
};
var blamesMessage = (text2) => namesParameter(withoutAddresses(text2), "to", "subject", "html", "text");
var resend = {
	name: "resend",
	idempotent: true,
	request: ({ message, secrets, key }) => jsonPost(
		"https://api.resend.com/emails",
		{ authorization: `Bearer ${secrets.apiKey}`, "idempotency-key": key },
		{
			from: mailbox(message.from),
			to: message.to,
			subject: message.subject,
			html: message.html,
			text: message.text,
			reply_to: message.replyTo && mailbox(message.replyTo),
			tags: [
				{ name: "ref", value: key },
				// Any other character in a tag makes Resend refuse the whole message.
				{ name: "message_type", value: message.messageType.replace(/[^\w-]/g, "_") }
			],
			// Gmail folds messages of one subject into a thread and would hide the newest code.
			headers: { "X-Entity-Ref-ID": key }
		}
	),
	verdict(response) {
		const name = field(response.json, "name");
		const text2 = field(response.json, "message");
		const accepted = codeText(field(response.json, "id")) !== void 0;
		return byCode(codes, name) ?? byText(response, blamesMessage(text2), text2, name) ?? byStatus(response, accepted, name);
	}
};

// environment.ts
exports.onExecuteCustomEmailProvider = customEmailProvider({
	from: {
		"address": "login@example.com",
		"name": `Acme, Inc. "O'Neil" 🎉`
	},
	deadlineMs: 5e3,
	lifetimeMs: 18e4,
	steps: [{
		id: "resend",
		medium: "email",
		vendor: resend,
		timeoutMs: 5e3,
		settings: {},
		secrets: (all) => ({
			apiKey: all.A
		})
	}]
});
