// The patient's screen: the server decides what is shown; this only shows it, and sends back what
// was pressed. Each key of the PIN pad goes to the server at once, as one byte: none stays here.

const kiosk = document.getElementById("kiosk");
const announce = document.getElementById("announce");
const token = document.querySelector('meta[name="kazashi-token"]').content;
const WARNING_SECONDS = 20;
const SLOW_SECONDS = 8;
const KEY = { rubOut: 0x08, send: 0x0d, clear: 0x18 };
const NOT_ASKED = 2;
const REOPEN_MILLIS = 200;
// What was pressed on a screen and no connection has taken yet.
const unsent = { screen: "", keys: [] };

let drawn;
let warning;
let slow;
let pad;
let spoken;

const frame = () => kiosk.querySelector(".frame");
const pin = () => kiosk.querySelector("[data-pin]");
const sheet = () => kiosk.querySelector("dialog[open]");
const wants = (comfort) => frame().dataset.comforts.split(" ").includes(comfort);

function listen() {
  const events = new EventSource("/screen");
  events.addEventListener("screen", (event) => show(event.data));
  events.addEventListener("call", (event) => write("call", event.data));
  events.addEventListener("guide", (event) => write("guide", event.data));
  events.addEventListener("typed", (event) => drawDots(Number(event.data)));
  events.addEventListener("error", lose);
}

function write(id, text) {
  const line = document.getElementById(id);
  if (line) line.textContent = text;
}

function show(html) {
  // What is told twice, as when a screen changes while the page begins to listen, is drawn once: to
  // draw it again would take the focus away.
  if (html === drawn) return;
  drawn = html;
  const before = { ...frame()?.dataset };
  const open = sheet()?.id;
  const pressed = document.activeElement?.dataset.say;
  clearTimeout(warning);
  clearTimeout(slow);
  kiosk.innerHTML = html;
  settle();
  if (frame().dataset.screen !== before.screen || frame().dataset.tongue !== before.tongue) {
    document.querySelector("h1")?.focus({ preventScroll: true });
    speak();
  } else if (open) {
    // A comfort was turned: the sheet stays open where it was.
    document.getElementById(open).showModal();
    kiosk.querySelector(`[data-say="${pressed}"]`)?.focus();
    if (wants("voice") && !before.comforts.split(" ").includes("voice")) speak();
  }
}

function settle() {
  const root = document.documentElement;
  root.lang = frame().dataset.language;
  root.dataset.comforts = frame().dataset.comforts;
  document.title = frame().dataset.title;
  announce.textContent = "";
  const main = document.getElementById("main");
  // What scrolls can be reached by the keyboard.
  if (main.scrollHeight > main.clientHeight) main.tabIndex = 0;
  kiosk.querySelector("[data-again]").hidden = !wants("voice");
  if (!wants("voice")) hush();
  openPad();
  warnInTime();
  if (kiosk.querySelector("[data-working]")) slow = setTimeout(saySlow, SLOW_SECONDS * 1000);
}

function saySlow() {
  const line = document.getElementById("slow");
  if (line) line.textContent = line.dataset.slow;
}

// What was on the screen may belong to a patient who has gone: without a connection it is wiped.
function lose() {
  clearTimeout(warning);
  clearTimeout(slow);
  hush();
  pad?.close();
  forgetUnsent();
  drawn = undefined;
  sheet()?.close();
  const main = document.getElementById("main");
  if (main && frame()) {
    frame().dataset.screen = "0";
    frame().dataset.speech = "";
    main.replaceWith(document.getElementById("lost").content.cloneNode(true));
    document.querySelector("h1")?.focus({ preventScroll: true });
  }
}

function warnInTime() {
  clearTimeout(warning);
  const patience = Number(frame().dataset.patience);
  if (patience > WARNING_SECONDS) {
    warning = setTimeout(() => {
      const hurry = kiosk.querySelector(".hurry");
      sheet()?.close();
      hurry.hidden = false;
      hurry.querySelector("button").focus();
      if (wants("voice")) utter(hurry.innerText);
    }, (patience - WARNING_SECONDS) * 1000);
  }
}

async function say(what) {
  try {
    const answer = await fetch(`/say/${frame().dataset.screen}/${what}`, {
      method: "POST",
      headers: { "X-Kazashi-Token": token },
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
    warnInTime();
  }
}

// ---- the PIN pad

function openPad() {
  pad?.close();
  pad = undefined;
  if (!pin() || unsent.screen !== frame().dataset.screen) forgetUnsent();
  if (!pin()) return;
  unsent.screen = frame().dataset.screen;
  const opened = new WebSocket(`ws://${location.host}/keys/${unsent.screen}?token=${token}`);
  opened.binaryType = "arraybuffer";
  opened.addEventListener("open", sendKeys);
  opened.addEventListener("message", (event) => {
    if (new Uint8Array(event.data)[0] === NOT_ASKED) sayShort();
  });
  // A connection that breaks loses no key that was pressed meanwhile.
  opened.addEventListener("close", () => {
    if (pad === opened && pin() && unsent.keys.length > 0) setTimeout(openPad, REOPEN_MILLIS);
  });
  pad = opened;
}

function press(code) {
  unsent.keys.push(Uint8Array.of(code));
  if (pad.readyState === WebSocket.OPEN) sendKeys();
  else if (pad.readyState !== WebSocket.CONNECTING) openPad();
}

function sendKeys() {
  for (const key of unsent.keys.splice(0)) {
    pad.send(key);
    key.fill(0);
  }
}

function forgetUnsent() {
  for (const key of unsent.keys.splice(0)) key.fill(0);
}

function drawDots(typed) {
  if (!pin()) return;
  pin().querySelectorAll(".dots span").forEach((dot, at) => dot.classList.toggle("typed", at < typed));
  pin().querySelector(".pin-short").textContent = "";
  kiosk.querySelector(".hurry").hidden = true;
  warnInTime();
  const heard = typed === 0 ? pin().dataset.empty : pin().dataset.typed.replace("{0}", String(typed));
  announce.textContent = heard;
  if (wants("voice")) utter(heard);
}

function sayShort() {
  if (!pin()) return;
  pin().querySelector(".pin-short").textContent = pin().dataset.short;
  if (wants("voice")) utter(pin().dataset.short);
}

// ---- the voice: the browser's, else the terminal's

function speak() {
  hush();
  if (wants("voice") && frame().dataset.speech) {
    if (!utter(frame().dataset.speech) && "speaker" in frame().dataset) {
      spoken = new Audio(`/speech?${frame().dataset.screen}`);
      spoken.play().catch(() => {});
    }
  }
}

function utter(text) {
  const voices = globalThis.speechSynthesis?.getVoices() ?? [];
  const language = frame().dataset.language.toLowerCase();
  const close = { "zh-hans": "zh-cn", "zh-hant": "zh-tw" }[language] ?? language;
  const voice =
    voices.find((one) => one.lang.toLowerCase().replace("_", "-").startsWith(close)) ??
    voices.find((one) => one.lang.toLowerCase().split(/[-_]/)[0] === close.split("-")[0]);
  if (!voice) return false;
  hush();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  speechSynthesis.speak(words);
  return true;
}

function hush() {
  globalThis.speechSynthesis?.cancel();
  spoken?.pause();
  spoken = undefined;
}

// ---- what is pressed

kiosk.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.say === "more-time") askForTime();
  else if (button.dataset.say) say(button.dataset.say);
  else if (button.dataset.digit) press(0x30 + Number(button.dataset.digit));
  else if (button.dataset.open) openSheet(button.dataset.open);
  else if ("close" in button.dataset) sheet()?.close();
  else if ("again" in button.dataset) speak();
  else if ("clear" in button.dataset) press(KEY.clear);
  else if ("send" in button.dataset) press(KEY.send);
});

function openSheet(id) {
  const opened = document.getElementById(id);
  opened.showModal();
  opened.querySelector("h2").focus();
}

// A keyboard or a number pad does the same as the buttons.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if ((pin() && !sheet() && typesPin(event)) || (wants("keys") && choosesByKey(event.key))) {
    event.preventDefault();
  }
});

function typesPin(event) {
  if (/^[0-9]$/.test(event.key)) press(0x30 + Number(event.key));
  else if (event.key === "Backspace") press(KEY.rubOut);
  else if (event.key === "Enter" && !event.target.closest("button")) press(KEY.send);
  else return false;
  return true;
}

function choosesByKey(key) {
  if (/^[1-9]$/.test(key)) return click(numbered()[Number(key) - 1]);
  switch (key) {
    case "*":
      return click(kiosk.querySelector(".help"));
    case "-":
      return click(sheet()?.querySelector("[data-close]") ?? kiosk.querySelector(".cancel"));
    case ".":
    case ",":
      return click(sheet()?.querySelector("[data-close]") ?? kiosk.querySelector(".back"));
    case "/":
      return sheet() ? false : click(kiosk.querySelector(".language"));
    case "+":
      return click(kiosk.querySelector(".hurry:not([hidden]) button") ?? kiosk.querySelector("[data-again]:not([hidden])"));
    default:
      return false;
  }
}

const numbered = () =>
  sheet()?.querySelectorAll(".sheet-choices button") ??
  kiosk.querySelectorAll(".choices button, .answers button");

function click(button) {
  if (!button || button.disabled) return false;
  button.click();
  return true;
}

document.addEventListener("contextmenu", (event) => event.preventDefault());

settle();
listen();
