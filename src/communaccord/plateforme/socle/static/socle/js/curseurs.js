// Des parts dont la somme fait 100 : la part déplacée garde sa valeur, les autres se partagent le reste en proportion,
// les parts gardées ne bougent pas, celles qui n'ont pas de quoi se calculer ne reçoivent rien d'elles-mêmes. La même règle que socle/curseurs.py.

const TOTAL = 100;

export function rebalanceParts(parts, moved, locked, unfit = new Set(), total = TOTAL) {
  const result = [...parts];
  const free = parts.map((_, i) => i).filter((i) => i !== moved && !locked.has(i));
  let held = parts.reduce((sum, part, i) => (locked.has(i) && i !== moved ? sum + part : sum), 0);
  if (moved !== null) {
    result[moved] = free.length ? Math.min(parts[moved], Math.max(total - held, 0)) : Math.max(total - held, 0);
    held += result[moved];
  }
  const rest = Math.max(total - held, 0);
  let weights = new Map(free.map((i) => [i, parts[i]]));
  let weight = [...weights.values()].reduce((a, b) => a + b, 0);
  if (weight === 0) {
    const fit = free.filter((i) => !unfit.has(i));
    const chosen = fit.length ? fit : free;
    weights = new Map(free.map((i) => [i, Number(chosen.includes(i))]));
    weight = chosen.length;
  }
  for (const i of free) result[i] = Math.floor((rest * weights.get(i)) / weight);
  const left = rest - free.reduce((sum, i) => sum + result[i], 0);
  const order = [...free].sort((a, b) => ((rest * weights.get(b)) % weight) - ((rest * weights.get(a)) % weight) || a - b);
  for (const i of order.slice(0, left)) result[i] += 1;
  return result;
}

function readWhole(input) {
  const value = Math.round(Number(input.value));
  return Number.isFinite(value) ? Math.min(Math.max(value, 0), TOTAL) : 0;
}

function connect(group) {
  const rows = [...group.querySelectorAll("[data-curseur]")].map((row) => ({
    number: row.querySelector("[data-nombre]"),
    range: row.querySelector("[data-reglette]"),
    lock: row.querySelector("[data-verrou]"),
  }));
  const unfit = new Set([...group.querySelectorAll("[data-curseur]")].flatMap((row, i) => ("sansDonnees" in row.dataset ? [i] : [])));
  const sum = group.querySelector("[data-somme]");
  const frame = group.querySelector("[data-somme-cadre]");
  for (const row of rows) row.range.hidden = false;
  group.querySelector("[data-sans-js]").hidden = true;

  function show(values, except) {
    rows.forEach((row, i) => {
      if (row.number !== except) row.number.value = values[i];
      if (row.range !== except || Number(row.range.value) !== values[i]) row.range.value = values[i];
    });
    const total = values.reduce((a, b) => a + b, 0);
    sum.textContent = `${total}\u202f%`;
    frame.classList.toggle("somme-fausse", total !== TOTAL);
  }

  function move(index, input) {
    const values = rows.map((row) => readWhole(row.number));
    values[index] = readWhole(input);
    const locked = new Set(rows.flatMap((row, i) => (row.lock.checked ? [i] : [])));
    show(rebalanceParts(values, index, locked, unfit), input);
    group.dispatchEvent(new CustomEvent("curseurs:change", { bubbles: true }));
  }

  rows.forEach((row, index) => {
    row.range.addEventListener("input", () => move(index, row.range));
    row.number.addEventListener("change", () => {
      move(index, row.number);
      row.number.value = row.range.value;
    });
  });
  const read = () => show(rows.map((row) => readWhole(row.number)));
  group.closest("form")?.addEventListener("socle:rempli", read);
  group.dataset.curseurs = "pret";
}

export function connectAll(root = document) {
  for (const group of root.querySelectorAll('[data-curseurs]:not([data-curseurs="pret"])')) connect(group);
}

connectAll();
document.addEventListener("socle:arrive", (event) => connectAll(event.target));
