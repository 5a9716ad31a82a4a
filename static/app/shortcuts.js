"use strict";
/* Keys for whoever likes them; everything they do has a link of its own. Never while something is typed, never with
   Ctrl, Alt or Meta, and off for whoever has said so (WCAG 2.1.4): the choice is a cookie of this browser. */
(() => {
  const OFF = "kortkommandon=av";
  const isOff = () => document.cookie.split("; ").includes(OFF);
  const keep = (off) => {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    const age = off ? 60 * 60 * 24 * 365 : 0;
    document.cookie = `${OFF}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  };
  const script = document.currentScript;
  const TYPED = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  let first = "";

  const go = (name) => {
    const address = script.dataset[name];
    if (address) location.assign(address);
  };
  const search = () => {
    const box = document.querySelector("main input[type=search]");
    if (box) box.focus();
    else go("list");
  };
  const rows = () => [...document.querySelectorAll("main tbody th a, main .app-check__name[href]")];
  const step = (by) => {
    const all = rows();
    const here = all.indexOf(document.activeElement);
    const next = all[here === -1 ? (by > 0 ? 0 : all.length - 1) : here + by];
    if (next) next.focus();
  };
  const ALONE = { "/": search, "?": () => go("help"), j: () => step(1), k: () => step(-1) };
  const AFTER_G = { m: () => go("work"), r: () => go("list") };

  document.addEventListener("keydown", (event) => {
    if (isOff() || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target instanceof Element && event.target.closest(TYPED)) return;
    const act = first === "g" ? AFTER_G[event.key] : ALONE[event.key];
    first = event.key === "g" && first !== "g" ? "g" : "";
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const form = document.getElementById("shortcuts-choice");
    if (!form) return;
    const box = form.querySelector("input");
    box.checked = !isOff();
    form.hidden = false;
    box.addEventListener("change", () => keep(!box.checked));
  });
})();
