// Simulateur : cocher toutes les communes, compter, copier le lien. Tout marche sans ce fichier.

import { announce } from "../socle/js/socle.js";
import "./brouillon.js";

function count(list) {
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const label = document.querySelector(`[data-compte="${list.id}"]`);
  if (label) label.textContent = `${boxes.filter((box) => box.checked).length} sur ${boxes.length}`;
}

function connect(root = document) {
  for (const list of root.querySelectorAll(".choix-communes")) count(list);
  for (const button of root.querySelectorAll("[data-copier]")) button.hidden = !navigator.clipboard;
}

document.addEventListener("change", (event) => {
  const list = event.target.closest(".choix-communes");
  if (list) count(list);
});

document.addEventListener("click", async (event) => {
  const tick = event.target.closest("[data-cocher]");
  if (tick) {
    event.preventDefault();
    const list = document.getElementById("liste-communes");
    for (const box of list.querySelectorAll("input[type=checkbox]")) {
      if (!box.closest("[hidden]")) box.checked = tick.dataset.cocher === "oui";
    }
    count(list);
  }
  const copy = event.target.closest("[data-copier]");
  if (copy) {
    await navigator.clipboard.writeText(document.getElementById(copy.dataset.copier).value);
    announce("Le lien est copié.");
  }
});

connect();
document.addEventListener("socle:arrive", (event) => connect(event.target));

// Un choix marqué `data-envoyer` part dès qu'il est fait au doigt ou à la souris ; au clavier, où chaque flèche est un
// choix, il attend la touche Entrée ou le bouton.
let keyboard = false;
document.addEventListener("pointerdown", () => (keyboard = false));
document.addEventListener("keydown", (event) => {
  keyboard = true;
  if (event.key === "Enter" && event.target.matches("select[data-envoyer]")) event.target.form.requestSubmit();
});
document.addEventListener("change", (event) => {
  if (!keyboard && event.target.matches("select[data-envoyer]")) event.target.form.requestSubmit();
});
