// Brouillon d'une réponse : gardé à mesure, une écriture à la fois. Sans ce fichier, le bouton « Enregistrer » fait tout.

const DELAI = 1200;
const COUPURE = "La connexion est coupée : ce que vous avez écrit est toujours là, il sera gardé dès qu’elle revient.";
const ABSENCE = "Ce n’est pas encore enregistré : utilisez le bouton « Enregistrer ». Ce que vous avez écrit est toujours là.";
const DECONNEXION = "Vous n’êtes plus connecté ou connectée, et ce que vous venez d’écrire n’est pas encore enregistré : ouvrez la connexion dans un autre onglet, puis continuez ici.";
const REPRISE = "Ce que vous aviez écrit avant la déconnexion est revenu ; il n’est pas encore enregistré.";
const JETON = "csrfmiddlewaretoken";

function connect(form) {
  let running = null;
  let dirty = false;
  let ready = false;
  let timer;

  const say = (texte, adresse = "") => {
    const phrase = form.querySelector("[data-etat-brouillon] p");
    phrase.textContent = texte;
    if (!adresse) return;
    const lien = Object.assign(document.createElement("a"), { href: adresse, target: "_blank", rel: "noopener" });
    lien.textContent = "Ouvrir la connexion dans un autre onglet";
    phrase.append(" ", lien);
  };

  // Gardé dans cet onglet du navigateur, le temps que le site ait répondu : une connexion perdue n’efface rien.
  const keep = () => {
    const champs = [...new FormData(form)].filter(([nom]) => nom !== JETON);
    try {
      sessionStorage.setItem(form.dataset.brouillon, JSON.stringify(champs));
    } catch {
      // Un navigateur qui refuse de garder : le texte reste à l’écran.
    }
  };

  const forget = () => {
    try {
      sessionStorage.removeItem(form.dataset.brouillon);
    } catch {
      // Rien n’y était.
    }
  };

  // La version vient aussi : si quelqu’un a écrit entre-temps, la page des deux versions le dira.
  function restore() {
    let champs;
    try {
      champs = JSON.parse(sessionStorage.getItem(form.dataset.brouillon));
    } catch {
      return;
    }
    if (!champs) return;
    const valeurs = new Map(champs);
    for (const champ of form.elements) {
      if (!champ.name || champ.name === JETON || champ.type === "submit") continue;
      if (champ.type === "radio" || champ.type === "checkbox") champ.checked = valeurs.get(champ.name) === champ.value;
      else if (valeurs.has(champ.name)) champ.value = valeurs.get(champ.name);
    }
    for (const pli of form.querySelectorAll("details")) {
      pli.open ||= [...pli.querySelectorAll("textarea, select")].some((champ) => champ.value);
    }
    say(REPRISE);
    dirty = true;
    schedule();
  }

  const post = () => fetch(form.dataset.brouillon, { method: "POST", body: new FormData(form), redirect: "manual" });

  // Se connecter ailleurs change le jeton du formulaire : la page, relue, donne le nouveau.
  async function renew() {
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return false;
    const jeton = new DOMParser().parseFromString(await page.text(), "text/html").querySelector(`form [name=${JETON}]`);
    if (jeton) form.elements[JETON].value = jeton.value;
    return Boolean(jeton);
  }

  // Ce qui a manqué pour que le site réponde de ce brouillon ; vide quand il a répondu.
  async function send() {
    let response;
    try {
      response = await post();
      if (response.status === 403 && (await renew())) response = await post();
    } catch {
      dirty = true;
      say(COUPURE);
      return "coupure";
    }
    if (response.type === "opaqueredirect") {
      dirty = true;
      say(DECONNEXION, form.dataset.connexion);
      return "deconnexion";
    }
    if (!response.headers.has("X-Brouillon")) {
      say(ABSENCE);
      return "absence";
    }
    form.querySelector("[data-etat-brouillon]").outerHTML = await response.text();
    if (dirty) keep();
    else forget();
    return "";
  }

  function schedule() {
    clearTimeout(timer);
    timer = setTimeout(save, DELAI);
  }

  async function save() {
    if (running || !dirty) return;
    dirty = false;
    running = send();
    const manque = await running;
    running = null;
    if (dirty && manque !== "deconnexion") schedule();
  }

  form.addEventListener("input", () => {
    dirty = true;
    keep();
    schedule();
  });

  // Revenir sur l’onglet après s’être connecté ailleurs : on réessaie.
  addEventListener("focus", () => dirty && schedule());
  addEventListener("pageshow", () => {
    ready = false;
  });

  // Un envoi attend l’écriture en cours, sinon la personne serait en conflit avec elle-même ; il ne part pas vers la
  // page de connexion avec ce qui n’est pas gardé.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (ready || !(running || dirty)) return;
    event.preventDefault();
    if (running) await running;
    dirty = false;
    running = send();
    const manque = await running;
    running = null;
    if (manque === "coupure" || manque === "deconnexion") return;
    ready = true;
    form.requestSubmit(event.submitter);
  });

  restore();
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

// Le nombre de caractères qui restent, dit à qui approche de la limite.
function count(champ) {
  const reste = document.createElement("p");
  reste.className = "aide compteur";
  reste.setAttribute("role", "status");
  champ.after(reste);
  const tell = () => {
    const libres = champ.maxLength - champ.value.length;
    reste.textContent = libres > 100 ? "" : `Encore ${libres} caractère${libres > 1 ? "s" : ""} sur ${champ.maxLength}.`;
  };
  champ.addEventListener("input", tell);
  tell();
}

for (const form of document.querySelectorAll("form[data-brouillon]")) connect(form);
for (const champ of document.querySelectorAll("form.reponse [maxlength]")) count(champ);
for (const list of document.querySelectorAll(".demandes")) {
  arrange(list);
  list.addEventListener("change", () => arrange(list));
  list.addEventListener("toggle", () => arrange(list), true);
}
