// Ce qui vaut pour toutes les pages : annonces, focus après un fragment, réponses d'erreur, jeton CSRF.
// Tout marche sans ce fichier.

import "./carte.js";
import "./curseurs.js";
import "./filtre.js";

const PHRASES = {
  400: "Cette demande n’a pas pu être lue. Ce que vous avez saisi est toujours là.",
  401: "Votre accès a expiré. Ce que vous avez saisi est toujours là : ouvrez une session dans un autre onglet, puis réessayez.",
  403: "Le formulaire a expiré. Ce que vous avez saisi est toujours là : rechargez la page avant de l’envoyer.",
  404: "Cette adresse n’existe plus. Ce que vous avez saisi est toujours là.",
  413: "Le fichier est trop gros (6 Mo au plus). Rien n’a été envoyé.",
};
const PANNE = "Le site a rencontré une panne. Ce que vous avez saisi est toujours là : réessayez dans un moment.";
const COUPURE = "Le site ne répond pas. Vérifiez la connexion ; ce que vous avez saisi est toujours là.";
const DUREE = 12_000;

// `vu` : le texte est déjà écrit dans la page ; il n'est plus qu'à dire, sans rien couvrir.
export function announce(texte, vu = false) {
  const region = document.getElementById("annonces");
  const message = document.createElement("div");
  message.className = vu ? "sr" : "annonce";
  message.textContent = texte;
  region.replaceChildren(message);
  setTimeout(() => message.remove(), DUREE);
}

function focusAsked(racine) {
  const element = racine.querySelector?.("[data-focus]") ?? (racine.matches?.("[data-focus]") ? racine : null);
  element?.focus();
}

function findToken(source) {
  const field = source.closest?.("form")?.elements.csrfmiddlewaretoken ?? document.querySelector("[name=csrfmiddlewaretoken]");
  return field?.value;
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const token = findToken(ctx.sourceElement);
  if (token && ctx.request.method.toUpperCase() !== "GET") ctx.request.headers["X-CSRFToken"] = token;
});

document.addEventListener("htmx:response:error", (event) => {
  const { status } = event.detail.ctx.response;
  if (status !== 422) announce(PHRASES[status] ?? PANNE);
});

document.addEventListener("htmx:error", (event) => {
  if (event.detail.ctx && !event.detail.ctx.response) announce(COUPURE);
});

document.addEventListener("htmx:after:settle", (event) => {
  const target = event.detail.task?.target ?? event.target;
  if (!target?.querySelector) return;
  focusAsked(target);
  const said = target.matches("[data-annonce]") ? target : target.querySelector("[data-annonce]");
  if (said && !said.closest("[aria-live]")) announce((said.querySelector(".encart-titre") ?? said).textContent.trim(), true);
  target.dispatchEvent(new CustomEvent("socle:arrive", { bubbles: true }));
});

document.addEventListener("click", (event) => {
  if (event.target.closest('[aria-disabled="true"]')) event.preventDefault();
  if (event.target.closest("[data-imprimer]")) window.print();
});

focusAsked(document);
