// Passkeys: shows what needs this browser to know them, and says in French what went wrong.
const isKnown = Boolean(window.PublicKeyCredential)
for (const block of document.querySelectorAll("[data-cle]")) block.hidden = !isKnown

document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const place = document.getElementById("cle-erreur")
  if (!place) return
  const isRefused = event.detail.exception && event.detail.exception.name === "NotAllowedError"
  place.textContent = isRefused
    ? "La clé n’a pas été utilisée : la demande a été annulée ou a pris trop de temps. Vous pouvez réessayer."
    : "Cet appareil n’a pas pu utiliser de clé d’accès ici. Utilisez un code."
  place.hidden = false
})
