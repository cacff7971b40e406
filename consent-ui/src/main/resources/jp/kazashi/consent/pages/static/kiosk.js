// The patient's screen: the server decides what is shown; this only shows it, and sends back what
// was pressed. PIN digits live in one small array that is wiped as soon as they are sent.

const kiosk = document.getElementById("kiosk");
const announce = document.getElementById("announce");
const token = document.querySelector('meta[name="kazashi-token"]').content;
const WARNING_SECONDS = 20;

const digits = new Uint8Array(4);
let typed = 0;
let warning;

const frame = () => kiosk.querySelector(".frame");

function listen() {
  const events = new EventSource("/screen");
  events.addEventListener("screen", (event) => show(event.data));
  events.addEventListener("call", (event) => {
    const line = document.getElementById("call");
    if (line) line.textContent = event.data;
  });
  events.addEventListener("error", lose);
}

function show(html) {
  const before = frame()?.dataset.screen;
  const languageBefore = document.documentElement.lang;
  forgetDigits();
  clearTimeout(warning);
  kiosk.innerHTML = html;
  document.documentElement.lang = frame().dataset.language;
  if (frame().dataset.screen !== before || document.documentElement.lang !== languageBefore) {
    document.querySelector("h1")?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  warnInTime();
}

// What was on the screen may belong to a patient who has gone: without a connection it is wiped.
function lose() {
  forgetDigits();
  clearTimeout(warning);
  const main = document.getElementById("main");
  if (main && frame()) {
    frame().dataset.screen = "0";
    main.replaceWith(document.getElementById("lost").content.cloneNode(true));
    document.querySelector("h1")?.focus({ preventScroll: true });
  }
}

function warnInTime() {
  const patience = Number(frame().dataset.patience);
  if (patience > WARNING_SECONDS) {
    warning = setTimeout(() => {
      const hurry = kiosk.querySelector(".hurry");
      hurry.hidden = false;
      hurry.querySelector("button").focus();
    }, (patience - WARNING_SECONDS) * 1000);
  }
}

async function say(what, body) {
  try {
    const answer = await fetch(`/say/${frame().dataset.screen}/${what}`, {
      method: "POST",
      headers: { "X-Kazashi-Token": token, "Content-Type": "application/octet-stream" },
      body,
    });
    // The server was started anew and no longer knows this page.
    if (answer.status === 403) location.reload();
    return answer.ok;
  } catch {
    lose();
    return false;
  }
}

async function askForTime() {
  if (await say("more-time")) {
    kiosk.querySelector(".hurry").hidden = true;
    document.querySelector("h1")?.focus({ preventScroll: true });
    clearTimeout(warning);
    warnInTime();
  }
}

const pin = () => kiosk.querySelector("[data-pin]");

function type(digit) {
  if (typed < digits.length) {
    digits[typed++] = 48 + digit;
    drawDots();
  }
}

function rubOut() {
  if (typed > 0) {
    digits[--typed] = 0;
    drawDots();
  }
}

function forgetDigits() {
  digits.fill(0);
  typed = 0;
}

function drawDots() {
  pin().querySelectorAll(".dots span").forEach((dot, at) => dot.classList.toggle("typed", at < typed));
  pin().querySelector(".pin-short").textContent = "";
  announce.textContent =
    typed === 0 ? pin().dataset.empty : pin().dataset.typed.replace("{0}", String(typed));
}

async function sendPin() {
  if (typed < digits.length) {
    pin().querySelector(".pin-short").textContent = pin().dataset.short;
    return;
  }
  const sent = digits.slice();
  forgetDigits();
  await say("pin", sent);
  sent.fill(0);
}

kiosk.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.say === "more-time") askForTime();
  else if (button.dataset.say) say(button.dataset.say.toLowerCase());
  else if (button.dataset.digit) type(Number(button.dataset.digit));
  else if ("clear" in button.dataset) {
    forgetDigits();
    drawDots();
  } else if ("send" in button.dataset) sendPin();
});

// A keyboard or a number pad does the same as the buttons.
document.addEventListener("keydown", (event) => {
  if (!pin() || event.ctrlKey || event.altKey || event.metaKey) return;
  if (/^[0-9]$/.test(event.key)) type(Number(event.key));
  else if (event.key === "Backspace") rubOut();
  else if (event.key === "Enter" && !event.target.closest("button")) sendPin();
  else return;
  event.preventDefault();
});

document.addEventListener("contextmenu", (event) => event.preventDefault());

listen();
warnInTime();
