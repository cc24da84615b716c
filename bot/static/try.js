// Keys, drafts, scrolling and focus on the phones of /try. What travels is htmx's work; without scripts forms still post.
"use strict";

const byId = (id) => document.getElementById(id);
const trouble = byId("trouble");

// A key writes into the line below the screen; the last one goes with "erase".
document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-key], [data-erase]");
  if (!key) return;
  const line = byId(key.dataset.into || key.dataset.erase);
  const written = line.value;
  line.value = key.dataset.key ? (written + key.dataset.key).slice(0, line.maxLength) : [...written].slice(0, -1).join("");
});

// A sent line is emptied at once, so that the next can be written, and comes back if it was not taken.
document.addEventListener("htmx:beforeSend", (event) => {
  const form = event.target.closest("[data-draft]");
  if (!form) return;
  form.elements.text.value = "";
});

const failing = new Set();
document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  const failed = !event.detail.successful;
  failing[failed ? "add" : "delete"](requestConfig.verb);
  trouble.hidden = failing.size === 0;
  const form = elt.closest("[data-draft]");
  if (!form || !failed || form.elements.text.value) return;
  form.elements.text.value = requestConfig.formData.get("text");
});

// Nobody looks: nothing is asked.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.id === "news" && document.hidden) event.preventDefault();
});

// The reply mostly comes within half a second: sooner than the next look for news.
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.requestConfig.verb === "post") {
    for (const wait of [350, 650]) setTimeout(() => htmx.trigger(document.body, "news"), wait);
  }
});

// A log shows its end. Where a tapped button goes away with its bubble, the focus stays in the log.
let within = null;
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const focused = document.activeElement;
  within = event.detail.target.contains(focused) ? focused.closest(".log") : within;
});

for (const log of document.querySelectorAll(".log")) {
  const toEnd = () => { log.scrollTop = log.scrollHeight; };
  toEnd();
  log.addEventListener("load", toEnd, true);
  const dot = document.querySelector(`.tabs a[href="#${log.closest(".pane").id}"] .fresh`);
  new MutationObserver((changes) => {
    toEnd();
    const came = changes.some((change) => [...change.addedNodes].some((node) => node.matches?.(".theirs")));
    if (dot && came && !log.offsetParent) dot.hidden = false;
    if (within === log && !log.contains(document.activeElement)) log.focus({ preventScroll: true });
    within = null;
  }).observe(log, { childList: true });
}

// A pane that was hidden could not scroll; which one is shown is known once the page has loaded.
const turned = () => {
  for (const log of document.querySelectorAll(".pane:target .log")) log.scrollTop = log.scrollHeight;
  for (const tab of document.querySelectorAll(".tabs a")) {
    const current = tab.hash === (location.hash || document.querySelector(".tabs a").hash);
    tab.setAttribute("aria-current", current);
    if (current) tab.querySelector(".fresh")?.setAttribute("hidden", "");
  }
};
addEventListener("hashchange", turned);
addEventListener("load", turned);
turned();

// An opened mail is read next.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "letter") event.target.focus();
});
