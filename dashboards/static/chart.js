// Draws again in the browser what the server has drawn as an image, from the same declaration: with tooltips, to width.
const dark = matchMedia("(prefers-color-scheme: dark)");

function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen !== "auto") return chosen;
  return dark.matches ? "dark" : "light";
}

async function draw(place) {
  await import("/chart/vega.js");
  const answer = await fetch(`${place.dataset.chart}&theme=${theme()}`);
  if (!answer.ok) return; // what is there stays
  const spec = await answer.json();
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  place.querySelector(".canvas")?.remove();
  place.querySelector("picture").hidden = true;
  place.append(canvas);
  // By an interpreter, and without styles of its own: the page allows neither evaluated code nor inline styles.
  const options = { ast: true, defaultStyle: false, actions: false, renderer: "svg", tooltip: { disableDefaultStyle: true } };
  await window.vegaEmbed(canvas, spec, options);
  canvas.setAttribute("role", "img");
  canvas.removeAttribute("aria-roledescription");
  canvas.setAttribute("aria-label", place.querySelector("img").alt);
}

function all() {
  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
}

all();
dark.addEventListener("change", all);
setInterval(all, 60_000);
