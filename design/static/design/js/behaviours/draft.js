// Keeps what is typed in this tab until the form is sent, so that a lost line loses no words.
// <form data-behaviour="draft" data-draft-key="question-12" data-draft-words="We put back …">
// Only text areas are kept; nothing leaves the reader's machine and nothing outlives the tab.
function stored(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) || "null") || {};
  } catch {
    return {};
  }
}

function keep(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A full or closed store loses the draft only, never the form.
  }
}

function areas(form) {
  return [...form.querySelectorAll("textarea[name]")];
}

function putBack(form, fields) {
  let changed = false;
  for (const area of areas(form)) {
    if (!area.value && fields[area.name]) {
      area.value = fields[area.name];
      area.dispatchEvent(new Event("input", { bubbles: true }));
      changed = true;
    }
  }
  return changed;
}

function tell(form) {
  const line = document.createElement("p");
  line.className = "toast toast--info";
  line.setAttribute("role", "status");
  line.textContent = form.dataset.draftWords || "";
  if (line.textContent) form.prepend(line);
}

export function start(form) {
  const key = `draft:${form.dataset.draftKey || location.pathname}`;
  const draft = stored(key);
  if (draft.fields && putBack(form, draft.fields)) tell(form);
  form.addEventListener("input", () => {
    keep(key, { fields: Object.fromEntries(areas(form).map((area) => [area.name, area.value])) });
  });
  form.addEventListener("submit", () => keep(key, { ...stored(key), sent: true }));
}

// A page that arrived after sending, and is neither the form again nor an error, means that the words are in.
export function forgetSent() {
  if (document.querySelector("[data-behaviour~=draft], [data-keeps-drafts]")) return;
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft:") && stored(key).sent) sessionStorage.removeItem(key);
    }
  } catch {
    // Nothing was kept.
  }
}
