// The desk: keeps the list as the server tells it, newest first, and sends what staff fill in.

const token = document.querySelector('meta[name="kazashi-token"]').content;
const state = document.getElementById("state");
const said = document.getElementById("said");
const arrivals = document.getElementById("arrivals");
const calls = document.getElementById("calls");
const more = document.getElementById("more");
const sign = document.querySelector('[data-form][action="/sign-in"]');

function listen() {
  const events = new EventSource("/arrivals");
  events.addEventListener("list", (event) => {
    if (arrivals) {
      inPlace(arrivals, () => (arrivals.innerHTML = event.data));
      countDown();
    }
    mark("live");
  });
  events.addEventListener("line", (event) => put(event.data));
  events.addEventListener("gone", (event) => {
    const line = document.getElementById(`arrival-${event.data.trim()}`);
    if (line) inPlace(line, () => line.remove());
  });
  events.addEventListener("calls", (event) => {
    if (calls) inPlace(calls, () => (calls.innerHTML = event.data));
  });
  events.addEventListener("failure", (event) => {
    const strip = document.getElementById("failure");
    if (strip) inPlace(strip, () => (strip.innerHTML = event.data));
    follow();
  });
  events.addEventListener("away", () => location.assign("/sign-in"));
  events.addEventListener("error", () => {
    mark("lost");
    // An answer without a stream means that nobody is seated here any more.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000);
  });
}

function put(html) {
  if (!arrivals) return;
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const line = holder.content.firstElementChild;
  const present = document.getElementById(line.id);
  if (present) {
    // What somebody is typing there stays.
    if (present.contains(document.activeElement) && document.activeElement.matches("input")) return;
    inPlace(present, () => present.replaceWith(line));
  } else {
    arrivals.insertBefore(line, firstOlder(Number(line.dataset.order)));
  }
  countDown(line);
}

// Whoever uses the keyboard stays where they were, or as near to it as there is.
function inPlace(part, change) {
  const held = part.contains(document.activeElement) ? document.activeElement : null;
  const around = held?.closest("[id]").id;
  const name = held && nameOf(held);
  change();
  if (!held || held.isConnected) return;
  const near = document.getElementById(around) ?? document.getElementById("main");
  const same = [...near.querySelectorAll("a, button, summary, input, select")].find((one) => nameOf(one) === name);
  if (!same) near.tabIndex = -1;
  (same ?? near).focus();
}

function nameOf(control) {
  return [control.tagName, control.dataset.post, control.getAttribute("href"), control.getAttribute("name"),
    control.closest("form")?.getAttribute("action")].join(" ");
}

// Nearly always the newest: found at once.
function firstOlder(order) {
  for (const other of arrivals.children) {
    if (Number(other.dataset.order) < order) return other;
  }
  return null;
}

async function older() {
  const last = arrivals?.lastElementChild;
  if (!last || more.dataset.busy) return;
  more.dataset.busy = "yes";
  try {
    const answer = await fetch(more.dataset.older + last.dataset.order);
    if (answer.ok && !answer.headers.has("X-Kazashi-Go")) {
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text();
      countDown(holder.content);
      for (const line of [...holder.content.children]) {
        if (document.getElementById(line.id)) line.remove();
      }
      arrivals.append(holder.content);
    }
  } finally {
    delete more.dataset.busy;
  }
}

function countDown(part = document) {
  for (const left of part.querySelectorAll("[data-until]")) {
    const minutes = Math.max(0, Math.floor((Number(left.dataset.until) - Date.now()) / 60000));
    left.textContent = ` (${left.dataset.words.replace("{0}", Math.floor(minutes / 60)).replace("{1}", minutes % 60)})`;
  }
}

// What somebody has begun to type stays; who came meanwhile is put beneath it.
async function follow() {
  const part = document.querySelector("[data-follow]");
  if (!part) return;
  const answer = await ask(part.dataset.follow);
  if (!answer || went(answer) || !answer.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const typing = [...part.querySelectorAll("input")].some((input) => input.value);
  if (!typing) {
    inPlace(part, () => part.replaceChildren(holder.content));
    return;
  }
  for (const form of holder.content.querySelectorAll("form")) {
    const path = CSS.escape(form.getAttribute("action"));
    if (!part.querySelector(`form[action=${path}]`)) part.append(form);
  }
}

function mark(now) {
  state.className = `state ${now}`;
  state.textContent = state.dataset[now];
}

function went(answer) {
  const to = answer.headers.get("X-Kazashi-Go");
  if (to) location.assign(to);
  return Boolean(to);
}

// Without an answer: the terminal is away, or the cable out.
async function ask(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    mark("lost");
    return null;
  }
}

function tell(target, words, look) {
  const line = document.createElement("p");
  line.className = look;
  line.textContent = words;
  target.replaceChildren(line);
}

async function send(path, body, type, target) {
  const headers = { "X-Kazashi-Token": token };
  if (type) headers["Content-Type"] = type;
  const answer = await ask(path, { method: "POST", headers, body });
  if (!answer) {
    tell(target ?? said, state.dataset.lost, "refused");
    return;
  }
  if (answer.status === 403) location.reload();
  if (went(answer)) return;
  if (target) {
    target.innerHTML = await answer.text();
    poll(target);
  }
}

function poll(target) {
  const running = target.querySelector("[data-poll]");
  if (!running) return;
  setTimeout(async () => {
    const answer = await ask(running.dataset.poll);
    if (answer && went(answer)) return;
    if (answer) target.innerHTML = await answer.text();
    poll(target);
  }, 1000);
}

// A button that were disabled would lose the focus of who pressed it.
async function busy(button, work) {
  if (isBusy(button)) return;
  button?.setAttribute("aria-disabled", "true");
  const waiting = setTimeout(() => tell(said, state.dataset.waiting, "waits"), 2000);
  try {
    await work();
  } finally {
    clearTimeout(waiting);
    said.querySelector(".waits")?.remove();
    button?.removeAttribute("aria-disabled");
  }
}

function isBusy(button) {
  return button?.getAttribute("aria-disabled") === "true";
}

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) window.print();
  const button = event.target.closest("button[data-post]");
  if (!button) return;
  const target = "say" in button.dataset ? said : document.getElementById(button.dataset.target ?? "");
  await busy(button, () => send(button.dataset.post, undefined, undefined, target));
  if ("reload" in button.dataset) location.reload();
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-form], form[data-file]");
  if (!form) return;
  event.preventDefault();
  const target = "say" in form.dataset ? said : document.getElementById(form.dataset.form ?? form.dataset.file);
  const button = form.querySelector("button:not([type=button])");
  const path = form.getAttribute("action");
  await busy(button, async () => {
    if ("file" in form.dataset) {
      await send(path, form.querySelector("input[type=file]").files[0], "text/csv", target);
    } else {
      await send(path, new URLSearchParams(new FormData(form)), undefined, target);
    }
  });
  // From the field to its button: a line somebody types in is not renewed.
  if ("say" in form.dataset && form.contains(document.activeElement)) button?.focus();
});

if (!sign) listen();
if (more && arrivals) {
  new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && older(), {
    rootMargin: "600px",
  }).observe(more);
  document.addEventListener("scroll", () => {
    if (more.getBoundingClientRect().top < innerHeight + 600) older();
  }, { passive: true });
}
setInterval(() => countDown(), 30000);
countDown();
