"use strict";
/* The letter's square leads here with the code after the sign #, which no browser sends to any server. It is put into
   the form and taken out of the address; without this script the code is typed. */
(() => {
  const box = document.getElementById("code");
  const found = location.hash.slice(1);
  if (!box || !/^[0-9A-Za-z-]{28,40}$/.test(found)) return;
  history.replaceState(null, "", location.pathname);
  box.value = found;
})();
