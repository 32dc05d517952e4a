// Makes or uses a passkey for a form: <form data-passkey="get" data-options="{…}">, or around a form
// data-passkey="create" data-form="its id". The answer goes into its field `credential`; the form is sent.
// Needs webauthn-json.js of django-allauth, which stands before this module.
for (const place of document.querySelectorAll("[data-passkey]")) {
  const form = place.dataset.form ? document.getElementById(place.dataset.form) : place;
  const said = place.querySelector("[data-passkey-words]");
  place.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) {
      return;
    }
    event.preventDefault();
    said.textContent = "";
    try {
      const credential = await window.webauthnJSON[place.dataset.passkey](JSON.parse(place.dataset.options));
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch {
      said.textContent = said.dataset.passkeyWords;
    }
  });
}
