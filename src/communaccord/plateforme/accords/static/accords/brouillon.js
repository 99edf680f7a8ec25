// Brouillon d'une réponse : gardé à mesure, une écriture à la fois. Sans ce fichier, le bouton « Enregistrer » fait tout.

const DELAI = 1200;
const COUPURE = "La connexion est coupée : ce que vous avez écrit est toujours là, il sera gardé dès qu’elle revient.";
const ABSENCE = "Ce n’est pas encore enregistré : utilisez le bouton « Enregistrer ». Ce que vous avez écrit est toujours là.";

function connect(form) {
  let running = null;
  let dirty = false;
  let timer;

  const say = (texte) => {
    form.querySelector("[data-etat-brouillon] p").textContent = texte;
  };

  async function send() {
    let response;
    try {
      response = await fetch(form.dataset.brouillon, { method: "POST", body: new FormData(form), redirect: "error" });
    } catch {
      dirty = true;
      return say(COUPURE);
    }
    if (!response.headers.has("X-Brouillon")) return say(ABSENCE);
    form.querySelector("[data-etat-brouillon]").outerHTML = await response.text();
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(save, DELAI);
  }

  async function save() {
    if (running || !dirty) return;
    dirty = false;
    running = send();
    await running;
    running = null;
    if (dirty) schedule();
  }

  form.addEventListener("input", () => {
    dirty = true;
    schedule();
  });

  // Un envoi attend l'écriture en cours : sinon la personne serait en conflit avec elle-même.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    dirty = false;
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
}

// Une demande vide ne montre que la première place libre ; la retirer la vide sur place.
function arrange(list) {
  let free = false;
  for (const demande of list.querySelectorAll(".demande")) {
    const empty = !demande.querySelector("[data-type-demande]").value;
    demande.classList.toggle("demande-remplie", !empty);
    demande.hidden = empty && free && !demande.open;
    free ||= empty;
  }
}

for (const form of document.querySelectorAll("form[data-brouillon]")) connect(form);
for (const list of document.querySelectorAll(".demandes")) {
  arrange(list);
  list.addEventListener("change", () => arrange(list));
  list.addEventListener("toggle", () => arrange(list), true);
}
