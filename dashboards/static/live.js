// Keeps a page live: swaps the parts that changed, and says so when the updates stop. The page is whole without it.
const SILENT = 16_000; // milliseconds without a beat; one comes every five seconds
const LOST = 4_000; // milliseconds after a connection broke off in which another may be made
const status = document.querySelector("#status");
const live = document.querySelector("#live");
const drawn = new Map();
let heard = Date.now();
let ahead = 0; // how far the server's clock is ahead of ours
let lost = null;
let away = null;
let source = null;

// Those that are within no other part.
function partsOf(root) {
  return [...root.querySelectorAll("[data-part]")].filter((part) => !part.parentElement.closest("[data-part]"));
}

function numbers(part) {
  return [...part.querySelectorAll(".value, .counts, strong")].map((number) => number.textContent).join();
}

function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const parts = partsOf(fresh);
  const present = partsOf(live);
  const names = (list) => list.map((part) => part.dataset.part).join("\n");
  const focused = document.activeElement?.closest("a, button, input, select");
  const first = drawn.size === 0;
  if (names(parts) !== names(present)) {
    live.replaceChildren(...fresh.childNodes);
  } else {
    parts.forEach((part, place) => {
      const name = part.dataset.part;
      if (drawn.get(name) === part.outerHTML || "keep" in part.dataset) return;
      drawn.set(name, part.outerHTML);
      if (!first && numbers(part) !== numbers(present[place])) part.classList.add("changed");
      present[place].replaceWith(part);
    });
  }
  refocus(focused);
  age();
}

// Who moves by keyboard stays where they were, although that link is a new one now.
function refocus(before) {
  if (!before || before.isConnected) return;
  const same = [...live.querySelectorAll("a")].find((link) => link.href === before.href);
  same?.focus({ preventScroll: true });
}

function clock(moment) {
  const options = { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", hour12: false };
  return new Intl.DateTimeFormat("vi-VN", options).format(moment);
}

// A number goes grey when it is older than it may be, also if nothing ever comes again.
function age() {
  const now = Date.now() + ahead;
  for (const tile of document.querySelectorAll("[data-as-of]")) {
    const old = now - Date.parse(tile.dataset.asOf) > tile.dataset.freshness * 1000;
    tile.classList.toggle("stale", old);
    tile.querySelector(".stale-note").hidden = !old;
  }
  for (const time of document.querySelectorAll("[data-clock]")) time.textContent = clock(now);
}

function tell() {
  const now = Date.now();
  const silent = now - heard > SILENT || (lost !== null && now - lost > LOST);
  const broken = silent || away !== null;
  const [words, since] = silent ? [status.dataset.broken, heard + ahead] : [status.dataset.away, Date.parse(away)];
  document.body.classList.toggle("broken-page", broken);
  status.classList.toggle("broken", broken);
  status.classList.toggle("live", !broken);
  const said = broken ? words.replace("{since}", clock(since)) : status.dataset.live;
  if (status.querySelector(".words").textContent !== said) status.querySelector(".words").textContent = said;
  status.querySelector(".sign").textContent = broken ? "⚠" : "●";
}

function listen() {
  source?.close();
  const here = location.pathname + location.search;
  source = new EventSource(`/live?page=${encodeURIComponent(here)}`);
  source.addEventListener("page", (event) => swap(JSON.parse(event.data).html));
  source.addEventListener("error", () => {
    lost ??= Date.now();
  });
  source.addEventListener("beat", (event) => {
    const beat = JSON.parse(event.data);
    heard = Date.now();
    lost = null;
    ahead = Date.parse(beat.now) - heard;
    away = beat.away;
    tell();
  });
}

listen();
setInterval(() => {
  age();
  tell();
  if (source.readyState === EventSource.CLOSED) listen(); // refused: by a login that ended, or too many streams
}, 2_000);

// Several boards in turn. One that does not answer is not gone to: this one stays, and says how old it is.
const { next, seconds } = document.body.dataset;
async function turn() {
  const answer = await fetch(next, { method: "HEAD" }).catch(() => null);
  if (answer?.ok) location.replace(next);
}
if (next) setInterval(turn, seconds * 1000);
