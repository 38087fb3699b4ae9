// Draws again in the browser what the server has drawn as an image, from the same declaration: with tooltips, to width.
const dark = matchMedia("(prefers-color-scheme: dark)");

function theme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen !== "auto") return chosen;
  return dark.matches ? "dark" : "light";
}

export async function draw(place) {
  if (place.dataset.drawn === theme()) return;
  place.dataset.drawn = theme();
  await import("/chart/vega.js");
  const answer = await fetch(`${place.dataset.chart}&theme=${theme()}`);
  if (!answer.ok) return; // the image stays
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  const spec = await answer.json();
  const options = { ast: true, defaultStyle: false, actions: false, renderer: "canvas", tooltip: { disableDefaultStyle: true } };
  const image = place.querySelector("img");
  place.querySelector(".canvas")?.remove();
  place.append(canvas);
  await window.vegaEmbed(canvas, spec, options);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", image.alt);
  image.hidden = true;
}

function all() {
  for (const place of document.querySelectorAll("[data-chart]")) draw(place);
}

all();
dark.addEventListener("change", all);
document.addEventListener("swapped", all);
