// Carte : une seule commune dans l'ordre de tabulation, puis les flèches vont de voisine en voisine.

const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// La voisine la plus proche de la direction demandée ; à défaut de voisine, la commune la plus proche de ce côté.
export function findNext(current, communes, [dx, dy]) {
  const near = new Set((current.dataset.voisins ?? "").split(" "));
  let best = null;
  let bestScore = Infinity;
  for (const other of communes) {
    if (other === current) continue;
    const x = other.dataset.x - current.dataset.x;
    const y = other.dataset.y - current.dataset.y;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0 || aside > along * 1.8) continue;
    const score = along + 2 * aside + (near.has(other.dataset.code) ? 0 : 10_000);
    if (score < bestScore) [best, bestScore] = [other, score];
  }
  return best;
}

function connect(map) {
  const communes = [...map.querySelectorAll("[data-code]")];
  const said = map.querySelector("[data-carte-dite]");
  const help = said.textContent;
  const first = map.querySelector(".commune-mienne")?.parentNode ?? communes[0];
  for (const commune of communes) commune.setAttribute("tabindex", commune === first ? "0" : "-1");
  map.addEventListener("keydown", (event) => {
    const direction = DIRECTIONS[event.key];
    const current = event.target.closest?.("[data-code]");
    if (!direction || !current) return;
    event.preventDefault();
    const next = findNext(current, communes, direction);
    if (!next) return;
    current.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  const say = (event) => {
    const commune = event.target.closest?.("[data-code]");
    if (commune) said.textContent = commune.getAttribute("aria-label");
  };
  map.addEventListener("focusin", say);
  map.addEventListener("pointerover", say);
  map.addEventListener("pointerleave", () => (said.textContent = help));
  map.dataset.carte = "prete";
}

export function connectAll(root = document) {
  for (const map of root.querySelectorAll('[data-carte]:not([data-carte="prete"])')) connect(map);
}

connectAll();
document.addEventListener("socle:arrive", (event) => connectAll(event.target));
