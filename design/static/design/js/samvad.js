// Starts the behaviours that this page asks for: <form data-behaviour="draft count">.
// Every page works without them; each lives in a file of its own in behaviours/.
const known = new Set(["count", "draft", "summary"]);

for (const element of document.querySelectorAll("[data-behaviour]")) {
  for (const name of element.dataset.behaviour.split(/\s+/)) {
    if (known.has(name)) {
      import(`./behaviours/${name}.js`).then((behaviour) => behaviour.start(element));
    }
  }
}

function keepsDrafts() {
  try {
    return Object.keys(sessionStorage).some((key) => key.startsWith("draft:"));
  } catch {
    return false;
  }
}

if (keepsDrafts()) {
  import("./behaviours/draft.js").then((draft) => draft.forgetSent());
}
