// Filtre d'un tableau à mesure de la frappe, sans égard aux accents ; la ligne de ma commune reste toujours.

const fold = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function connect(field) {
  const input = field.querySelector("input");
  const count = field.querySelector("[data-filtre-compte]");
  field.hidden = false;
  input.addEventListener("input", () => {
    const asked = fold(input.value.trim());
    const rows = document.getElementById(field.dataset.filtreDe)?.querySelectorAll("[data-filtre]") ?? [];
    let shown = 0;
    for (const row of rows) {
      const fits = fold(row.dataset.filtre).includes(asked);
      row.hidden = !fits && !row.classList.contains("mienne");
      shown += fits;
    }
    count.textContent = asked ? `${shown} sur ${rows.length}` : "";
  });
  field.dataset.pret = "oui";
}

export function connectAll(root = document) {
  for (const field of root.querySelectorAll("[data-filtre-de]:not([data-pret])")) connect(field);
}

connectAll();
document.addEventListener("socle:arrive", (event) => connectAll(event.target));
