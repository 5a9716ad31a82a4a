"use strict";
/* Forms marked data-security-key: the button asks the browser for a security key, and its answer is sent as a field.
   data-options: the options of WebAuthn as JSON; data-security-key: "create" or "get". Nothing is done on its own. */
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const opened = (options) => {
    const key = options.publicKey;
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    for (const name of ["excludeCredentials", "allowCredentials"]) {
      for (const known of key[name] || []) known.id = bytes(known.id);
    }
    return { publicKey: key };
  };

  const answer = (credential) => {
    const said = { clientDataJSON: text(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) said[name] = text(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      response: said,
      clientExtensionResults: {},
    });
  };

  for (const form of document.querySelectorAll("form[data-security-key]")) {
    const failed = form.querySelector("[data-failed]");
    const button = form.querySelector("button[type=submit]");
    if (!window.PublicKeyCredential) {
      form.querySelector("[data-missing]").hidden = false;
      button.hidden = true;
      form.dataset.without = "";
      continue;
    }
    form.querySelector("[data-missing]").hidden = true;
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      // A button with a name of its own sends the form as it stands: without the key.
      if (form.elements.answer.value || event.submitter?.name) return;
      event.preventDefault();
      failed.hidden = true;
      button.disabled = true;
      try {
        const options = opened(JSON.parse(form.dataset.options));
        const credential = await navigator.credentials[form.dataset.securityKey](options);
        form.elements.answer.value = answer(credential);
        form.submit();
      } catch {
        failed.hidden = false;
        button.disabled = false;
        failed.focus();
      }
    });
  }
})();
