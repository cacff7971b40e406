// The desk: keeps the list as the server tells it, newest first.

const token = document.querySelector('meta[name="kazashi-token"]').content;
const state = document.getElementById("state");
const arrivals = document.getElementById("arrivals");
const calls = document.getElementById("calls");

function listen() {
  const events = new EventSource("/arrivals");
  events.addEventListener("list", (event) => {
    arrivals.innerHTML = event.data;
    mark("live");
  });
  events.addEventListener("line", (event) => put(event.data));
  events.addEventListener("calls", (event) => {
    calls.innerHTML = event.data;
  });
  events.addEventListener("error", () => mark("lost"));
}

function put(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  const line = holder.content.firstElementChild;
  const present = document.getElementById(line.id);
  if (present) {
    present.replaceWith(line);
    return;
  }
  const order = Number(line.dataset.order);
  const older = [...arrivals.children].find((other) => Number(other.dataset.order) < order);
  arrivals.insertBefore(line, older ?? null);
}

function mark(now) {
  state.className = `state ${now}`;
  state.textContent = state.dataset[now];
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-post]");
  if (!button) return;
  const answer = await fetch(button.dataset.post, {
    method: "POST",
    headers: { "X-Kazashi-Token": token },
  });
  if (answer.status === 403 || "reload" in button.dataset) location.reload();
});

listen();
