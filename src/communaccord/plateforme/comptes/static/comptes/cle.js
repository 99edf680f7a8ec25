// Passkeys: starts the form of the library, shows what needs this browser to know them, says in French what went wrong.
const isKnown = Boolean(window.PublicKeyCredential)
for (const block of document.querySelectorAll("[data-cle]")) block.hidden = !isKnown

const place = document.getElementById("cle-forme")
if (place && isKnown) {
  const { forme, donnees, ...ids } = place.dataset
  window.allauth.webauthn.forms[forme]({ ids, data: donnees ? JSON.parse(donnees) : undefined })
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault()
  const message = document.getElementById("cle-erreur")
  if (!message) return
  const isRefused = event.detail.exception && event.detail.exception.name === "NotAllowedError"
  message.textContent = isRefused
    ? "La clé n’a pas été utilisée : la demande a été annulée ou a pris trop de temps. Vous pouvez réessayer."
    : "Cet appareil n’a pas pu utiliser de clé d’accès ici. Utilisez un code."
  message.hidden = false
})
