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
      arrivals.innerHTML = event.data;
      countDown();
    }
    mark("live");
  });
  events.addEventListener("line", (event) => put(event.data));
  events.addEventListener("gone", (event) => arrivals && document.getElementById(`arrival-${event.data.trim()}`)?.remove());
  events.addEventListener("calls", (event) => {
    if (calls) calls.innerHTML = event.data;
  });
  events.addEventListener("failure", (event) => {
    const strip = document.getElementById("failure");
    if (strip) strip.innerHTML = event.data;
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
    present.replaceWith(line);
  } else {
    arrivals.insertBefore(line, firstOlder(Number(line.dataset.order)));
  }
  countDown(line);
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
  const answer = await fetch(part.dataset.follow);
  if (went(answer) || !answer.ok) return;
  const holder = document.createElement("template");
  holder.innerHTML = await answer.text();
  const typing = [...part.querySelectorAll("input")].some((input) => input.value);
  if (!typing) {
    part.replaceChildren(holder.content);
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

async function send(path, body, type, target) {
  const headers = { "X-Kazashi-Token": token };
  if (type) headers["Content-Type"] = type;
  const answer = await fetch(path, { method: "POST", headers, body });
  if (answer.status === 403) location.reload();
  if (went(answer)) return answer;
  if (target) {
    target.innerHTML = await answer.text();
    poll(target);
  }
  return answer;
}

function poll(target) {
  const running = target.querySelector("[data-poll]");
  if (!running) return;
  setTimeout(async () => {
    const answer = await fetch(running.dataset.poll);
    if (went(answer)) return;
    target.innerHTML = await answer.text();
    poll(target);
  }, 1000);
}

async function busy(button, work) {
  if (button) button.disabled = true;
  try {
    return await work();
  } finally {
    if (button) button.disabled = false;
  }
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
  if ("say" in form.dataset) form.querySelector("input:not([type=hidden])")?.blur();
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
