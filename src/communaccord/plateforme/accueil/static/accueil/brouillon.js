// Ce qui est tapé reste attaché à cette page de l'historique du navigateur : revenir en arrière le rend, le serveur ne
// garde rien, une nouvelle visite repart de zéro.

const ATTENTE = 300;

function read(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
}

function write(form, draft) {
  const values = new Map();
  for (const [name, value] of draft) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || ["file", "submit", "button"].includes(field.type) || field.name === "csrfmiddlewaretoken") continue;
    const given = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.includes(field.value);
    else if (given.length) field.value = given.shift();
    if (field.value !== field.defaultValue) field.closest("details")?.setAttribute("open", "");
  }
}

// Le formulaire rendu n'a pas toutes les lignes de la saisie : le serveur le redessine à partir d'elle.
function redraw(form, draft) {
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", enctype: "multipart/form-data", hidden: true });
  sent.setAttribute("action", form.getAttribute("action"));
  const token = form.elements.csrfmiddlewaretoken.value;
  for (const [name, value] of [...draft, ["csrfmiddlewaretoken", token], ["action", "actualiser"]]) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    sent.append(field);
  }
  document.body.append(sent);
  sent.submit();
}

function connect(form) {
  const draft = history.state?.brouillon;
  const names = new Set([...form.elements].map((field) => field.name));
  if (draft?.some(([name]) => !names.has(name))) return redraw(form, draft);
  if (draft) {
    write(form, draft);
    form.dispatchEvent(new CustomEvent("socle:rempli", { bubbles: true }));
  }
  const save = () => history.replaceState({ ...history.state, brouillon: read(form) }, "");
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, ATTENTE);
  });
  for (const kind of ["change", "submit"]) form.addEventListener(kind, save);
  save();
}

for (const form of document.querySelectorAll("form[data-brouillon]")) connect(form);
