// La recherche au clavier : flèche bas depuis le champ, flèches entre les réponses, Échap pour revenir au champ.
// Le nombre de réponses, déjà visible, est dit par une région polie qui ne couvre rien de la page.
const champ = document.getElementById("q");
const liens = () => [...document.querySelectorAll("#reponses a.reponse-lien")];

document.addEventListener("keydown", (evenement) => {
  const liste = liens();
  const rang = liste.indexOf(document.activeElement);
  if (!champ || (document.activeElement !== champ && rang < 0)) return;
  const pas = { ArrowDown: 1, ArrowUp: -1 }[evenement.key];
  if (pas && (rang >= 0 || pas > 0) && liste.length) {
    evenement.preventDefault();
    (liste[rang + pas] ?? (pas < 0 ? champ : liste[rang])).focus();
  } else if (evenement.key === "Escape" && rang >= 0) {
    champ.focus();
  }
});

document.addEventListener("socle:arrive", (evenement) => {
  const phrase = evenement.target.querySelector("[data-dit]");
  const region = document.getElementById("dit");
  if (region) region.textContent = phrase?.textContent.trim() ?? "";
});
